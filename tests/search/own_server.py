"""A search server of a test's own, which it may stop and start: by the program of `make services`."""

import importlib.util
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240  # seconds a server may take to start on a busy machine


def services():
    spec = importlib.util.spec_from_file_location("search_server", ROOT / ".ci" / "search_server.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class OwnServer:
    """Not started yet. Its data stays in `folder` from one start to the next."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder
        ports = str(free_port()), str(free_port())
        self.url = f"http://127.0.0.1:{ports[0]}"
        program, *arguments = services().command(name, str(folder), *ports)
        # Ready sooner, and never as fast: nothing is measured here.
        self._command = [program, "-XX:TieredStopAtLevel=1", *arguments]
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        if self._process is not None:
            return
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process.poll() is None, (self._folder / "log").read_text()[-2000:]
            assert time.monotonic() < end, "the server does not start"
            time.sleep(0.2)  # nothing tells when another process listens

    def _answers(self) -> bool:
        # Yellow: all that it holds can be asked.
        wait = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s"
        try:
            with urllib.request.urlopen(wait, timeout=3) as answer:
                return answer.status == 200
        except (OSError, urllib.error.HTTPError):
            return False

    def kill(self) -> None:
        """As a machine that loses its power: nothing is written down any more."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
