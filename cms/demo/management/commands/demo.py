import hashlib
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.core import catalogues
from cms.core.management.commands.serve_all import check_port, serve


class Command(BaseCommand):
    help = (
        "What `make demo` runs once the environment stands: brings database, translations, static files and "
        "demo content up to date, then serves everything until Ctrl-C. Repeats only what has changed, and "
        "never touches what exists."
    )

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
        parser.add_argument(
            "--prepare", action="store_true", help="bring everything up to date, and do not serve"
        )

    def handle(self, *args, host, prepare, **options):
        if not prepare:
            check_port(host, settings.PORT)
        try:
            finish_static = begin_static()
            self.step("database", migrate)
            self.step("translations", lambda: catalogues.compile_catalogues(Path(settings.BASE_DIR)))
            call_command("load_demo", stdout=self.stdout)
            self.step("static files", finish_static)
        except KeyboardInterrupt:
            self.stdout.write("\nStopped before it was ready. `make demo` goes on from here.")
            sys.exit(130)
        if not prepare:
            code = serve(
                self.stdout,
                host=host,
                port=settings.PORT,
                workers=settings.WEB_WORKERS,
                on_ready=self.say_where_things_are,
            )
            self.stdout.write("Stopped. `make demo` starts it again, with everything as it was.")
            sys.exit(code)

    def step(self, name: str, work) -> None:
        self.stdout.write(f"{name} ...", ending="")
        self.stdout.flush()
        begun = time.monotonic()
        work()
        self.stdout.write(f" {time.monotonic() - begun:.1f} s")

    def say_where_things_are(self) -> None:
        base = settings.BASE_URL
        names = get_user_model().objects.filter(email__endswith="@example.org").order_by("pk")
        logins = ", ".join(names.values_list("username", flat=True))
        self.stdout.write(
            "\n".join(
                [
                    "",
                    f"  Ancrage is at      {base}/   (also {base}/fr/ and {base}/es/)",
                    f"  log in at          {base}/accounts/login/",
                    f"  as one of          {logins}",
                    f"  with the password  {settings.DEMO_PASSWORD}",
                    f"  editor             {base}/admin/",
                    f"  outgoing mail      {mail_place()}",
                    "  Ctrl-C stops everything.",
                    "",
                ]
            )
        )


def migrate() -> None:
    """Looks first: the command itself takes seconds to find that there is nothing to do."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def begin_static() -> Callable[[], None]:
    """Collects static files beside everything else: it compresses, the rest waits for the database.

    Only when a source file, or the place of one, has changed since the last time. Returns what waits for it.
    """
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {storage.path(name)} {status.st_size} {status.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return lambda: None
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL)

    def finish() -> None:
        if process.wait():
            raise CommandError("The static files could not be collected (see above).")
        stamp.write_text(digest.hexdigest())

    return finish


def mail_place() -> str:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return f"{settings.EMAIL_FILE_PATH}/ (one file each)"
    return f"by {settings.EMAIL_BACKEND.rsplit('.', 2)[-2]}"
