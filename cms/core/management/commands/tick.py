import signal
import threading
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from cms.core.scheduling import registered, run_tick


class Command(BaseCommand):
    help = (
        "Does what time asks for: publishes and expires what is scheduled, and whatever else the apps have "
        "registered (--list names it). Run it once a minute, from cron or a timer, or let it stay and repeat "
        "with --every 60. A part that fails is logged and does not stop the others; the exit code is then 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("--every", type=float, metavar="SECONDS", help="stay, and do it again this often")
        parser.add_argument("--list", action="store_true", help="name what would be done, and do nothing")

    def handle(self, *args, every, list, **options):
        if list:
            for name in registered():
                self.stdout.write(name)
        elif every is None:
            failed = [outcome.name for outcome in run_tick() if outcome.error]
            if failed:
                raise CommandError(f"failed: {', '.join(failed)} (see the log)")
        elif every < 1:
            raise CommandError("--every takes at least 1 second")
        else:
            self.repeat(every)

    def repeat(self, every: float) -> None:
        """Until told to stop; a tick that has begun is finished first."""
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            begun = time.monotonic()
            close_old_connections()  # a database that went away is asked for anew
            run_tick()
            stop.wait(max(0.0, every - (time.monotonic() - begun)))
