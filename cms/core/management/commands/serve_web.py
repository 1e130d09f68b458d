import os

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.core.processes import web_command


class Command(BaseCommand):
    help = (
        "Serves the site, and nothing beside: this process becomes the web server. For where worker and "
        "scheduler have services of their own; `serve_all` runs all three together."
    )

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="default: PORT, else 8000")
        parser.add_argument(
            "--workers", type=int, default=settings.WEB_WORKERS, help="processes (default: WEB_WORKERS)"
        )

    def handle(self, *args, host, port, workers, **options):
        command = web_command(host=host, port=port, workers=workers)
        os.execv(command[0], command)  # noqa: S606 (no shell is wanted)
