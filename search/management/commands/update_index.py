"""Everything that searches, built anew."""

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from search.backends.front import database, server
from search.backends.server import ServerAway
from search.registry import sources
from search.services.rebuilding import TakenOver, forget_server, rebuild
from search.services.renewing import renew_all
from search.services.waiting import forget_waiting, waiting_now


class Command(BaseCommand):
    help = (
        "Builds all that searches anew: the search entries and their index in the database, the index of the "
        "administration's lists, and, where there is a search server, its index: beside the one that is asked, which it "
        "takes the place of when it is complete. The site can be searched meanwhile."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--server-only",
            action="store_true",
            help="build the server's index, from the entries as they are",
        )
        parser.add_argument(
            "--forget-server",
            action="store_true",
            help="there is no search server any more: stop noting what it was to be told",
        )

    def handle(self, *, server_only: bool, forget_server: bool, verbosity: int, **options: Any) -> None:
        self.verbosity = verbosity
        there = server()
        if forget_server:
            return self._forget()
        if server_only and there is None:
            raise CommandError("No search server is set: ELASTICSEARCH_URL or OPENSEARCH_URL.")
        if not server_only:
            self._entries()
            call_command("wagtail_update_index", backend_name="default", verbosity=0)
        if there is not None:
            self._server(there, needed=server_only)
        return None

    def _entries(self) -> None:
        waiting = waiting_now()
        for source in sources():
            progress = Progress(self, f"entries of {source.name}")
            for done in renew_all(source):
                progress.tell(done)
            progress.end()
        # All of these were read after they had changed.
        forget_waiting(waiting)
        database().settle()

    def _server(self, there: Any, *, needed: bool) -> None:
        progress = Progress(self, f"index of {there.name}")
        try:
            rebuild(there, progress.tell)
        except TakenOver as error:
            raise CommandError("Somebody else began to build the index: this one was given up.") from error
        except ServerAway as error:
            if needed:
                raise CommandError(f"The search server does not answer: {error}") from error
            self.stderr.write(
                f"The search server does not answer ({error}): the database does until its index is built."
            )
        else:
            progress.end()

    def _forget(self) -> None:
        forget_server()
        if self.verbosity:
            self.stdout.write("What the search server was to be told is forgotten.")


class Progress:
    """Lines of how far something is: on a terminal one that is written over, elsewhere one every ten seconds."""

    def __init__(self, command: Command, what: str) -> None:
        self._command, self._what = command, what
        self._began = self._last = time.monotonic()
        self._done = 0

    def tell(self, done: int, total: int = 0) -> None:
        self._done = done
        now, terminal = time.monotonic(), self._command.stdout.isatty()
        if self._command.verbosity and now - self._last > (0.2 if terminal else 10):
            self._last = now
            of = f" of {total}" if total else ""
            self._command.stdout.write(f"{self._what}: {done}{of}", ending="\r" if terminal else "\n")

    def end(self) -> None:
        if self._command.verbosity:
            seconds = max(time.monotonic() - self._began, 0.001)
            line = f"{self._what}: {self._done} in {seconds:.1f} s ({self._done / seconds:.0f} a second)"
            self._command.stdout.write(line)
