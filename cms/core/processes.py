"""The programs that make a running Ancrage: web server, worker, scheduler."""

import sys
from http.client import HTTPConnection, HTTPException

from django.conf import settings

from cms.core.supervisor import Child


def web_command(*, host: str, port: int, workers: int) -> list[str]:
    """The web server's command line; the benchmark starts the same one."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "cms.wsgi:application"),
        *("--host", host, "--port", str(port), "--workers", str(workers)),
        *("--http", "1", "--no-ws", "--log-level", "warning"),
        # Each thread keeps a connection to the database: few, and not made anew at every lull.
        *("--blocking-threads", "4", "--blocking-threads-idle-timeout", "600"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "8"),
        *("--working-dir", str(settings.BASE_DIR)),
    ]


def all_children(*, host: str, port: int, workers: int) -> list[Child]:
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    return [
        Child("web", web_command(host=host, port=port, workers=workers)),
        Child("worker", [*manage, "db_worker", "--queue-name", "*", "--no-reload", "--verbosity", "0"]),
        Child("scheduler", [*manage, "tick", "--every", "60"]),
    ]


def answers(port: int, path: str = "/healthz") -> bool:
    """True when the server on this machine answers `path` with 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
