"""The demo as `make demo` serves it, in a folder of its own: database, files, mail, static files, caches."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parents[2]
PASSWORD = "ancrage-demo"
LONGEST_BUILD = 900  # seconds: about forty of work, on a machine that may be busy
LONGEST_START = 120  # seconds
KEPT_FROM_CALLER = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV"}


class DemoServer:
    """`prepare()` then `start()`; `stop()` ends the processes by the pid of their supervisor.

    `folder` is kept: a second `prepare()` over it adds only what is missing.
    """

    def __init__(self, folder: Path, *, workers: int = 2):
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.workers = workers
        self.process: subprocess.Popen | None = None
        self.shell: subprocess.Popen | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "site.sqlite3"

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def environment(self) -> dict[str, str]:
        """Nothing of the caller's own configuration: the tests do not depend on a developer's `.env`."""
        return {name: value for name, value in os.environ.items() if name in KEPT_FROM_CALLER} | {
            "ANCRAGE_TEST_FOLDER": str(self.folder),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "BASE_URL": self.base_url,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DEBUG": "0",
            "DEMO": "1",
            "DEMO_PASSWORD": PASSWORD,
            "DJANGO_SETTINGS_MODULE": "tests.e2e.server_settings",
            "EMAIL_URL": f"file://{self.mail}",
            "ELASTICSEARCH_URL": "",
            "OPENSEARCH_URL": "",
            "MAP_TILES_URL": "",
            "MEDIA_ROOT": str(self.folder / "media"),
            "NOTIFICATION_DELAY": "0",
            "PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
            "REDIS_URL": "",
            "S3_BUCKET": "",
            "SECRET_KEY": "only for the browser tests",
            "STAFF_MFA": "asked",
            "TRUST_PROXY": "0",
        }

    def manage(self, *arguments: str) -> str:
        """Run a management command against the demo; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONGEST_BUILD,
        )
        assert done.returncode == 0, f"manage.py {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def run(self, code: str) -> str:
        """Run Python against the demo, as `manage.py shell -c` would; returns what it printed."""
        if self.shell is None:
            with self.log.open("ab") as log:
                self.shell = subprocess.Popen(
                    [sys.executable, "-m", "tests.e2e.standing_shell"],
                    cwd=ROOT,
                    env=self.environment(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                )
        print(json.dumps(code), file=self.shell.stdin, flush=True)
        ready, _, _ = select.select([self.shell.stdout], [], [], LONGEST_BUILD)
        answer = self.shell.stdout.readline() if ready else ""
        assert answer, f"no answer from the shell:\n{self.last_words()}"
        printed, failure = json.loads(answer)
        assert not failure, f"{code}\n{printed}\n{failure}"
        return printed

    def prepare(self) -> str:
        return self.manage("demo", "--prepare")

    def start(self) -> None:
        command = [sys.executable, "manage.py", "serve_all", "--workers", str(self.workers)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + LONGEST_START
        while not self.answers():
            assert self.process.poll() is None, f"the server stopped:\n{self.last_words()}"
            assert time.monotonic() < deadline, f"the server did not start:\n{self.last_words()}"
            time.sleep(0.2)

    def answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def stop(self) -> None:
        if self.shell is not None:
            self.shell.communicate(timeout=LONGEST_START)  # it ends with what it reads
            self.shell = None
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
