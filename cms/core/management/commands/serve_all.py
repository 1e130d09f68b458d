import socket
import sys
from collections.abc import Callable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.core.processes import all_children, answers
from cms.core.supervisor import Supervisor


class Command(BaseCommand):
    help = (
        "Serves Ancrage on one machine: web server, worker and scheduler as children of this one process, "
        "which starts a dead one again and stops them all on Ctrl-C or SIGTERM. Where each has a service of "
        "its own (compose.yaml), this is not needed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="default: PORT, else 8000")
        parser.add_argument(
            "--workers",
            type=int,
            default=settings.WEB_WORKERS,
            help="web processes (default: WEB_WORKERS, else 2)",
        )

    def handle(self, *args, host, port, workers, **options):
        code = serve(self.stdout, host=host, port=port, workers=workers)
        if code:
            sys.exit(code)


def serve(out, *, host: str, port: int, workers: int, on_ready: Callable[[], None] | None = None) -> int:
    """Runs until told to stop. Returns the exit code."""
    check_port(host, port)
    supervisor = Supervisor(
        all_children(host=host, port=port, workers=workers),
        is_ready=lambda: answers(port),
        on_ready=on_ready or (lambda: out.write(f"Ready: {settings.BASE_URL}")),
    )
    return supervisor.run()


def check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Choose another with PORT."
            ) from error
