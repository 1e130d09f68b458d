"""Starts a web server and reads from /proc what it costs. Linux only."""

import http.client
import os
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children(pid: int) -> list[int]:
    """All processes below `pid`."""
    below = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, tasks.read_text().split()):
            below += [child, *children(child)]
    return below


@dataclass
class Server:
    process: subprocess.Popen
    port: int

    @classmethod
    def start(cls, command: list[str], port: int, cwd: Path, env: dict[str, str], path: str) -> "Server":
        process = subprocess.Popen(command, cwd=cwd, env=env)
        server = cls(process, port)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise RuntimeError(f"the server stopped with code {process.returncode}")
            try:
                if server.get(path) == 200:
                    return server
            except OSError:
                pass
            time.sleep(0.2)
        server.stop()
        raise RuntimeError(f"no answer from {path}")

    def get(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status

    @property
    def workers(self) -> list[int]:
        return children(self.process.pid)

    def cpu(self) -> float:
        """Seconds of CPU, user and system, spent by all its processes so far."""
        total = 0
        for pid in [self.process.pid, *self.workers]:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def rest(self) -> None:
        """Wait until it does nothing more, ten seconds at most: what was asked for and not waited for is still answered."""
        deadline = time.monotonic() + 10
        busy = True
        while busy and time.monotonic() < deadline:
            before = self.cpu()
            time.sleep(0.2)
            busy = self.cpu() - before > 0.02

    def forget_peak(self) -> None:
        for pid in self.workers:
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def peak(self) -> float:
        """The most memory a worker has held since `forget_peak`, in MiB."""
        peaks = [0]
        for pid in self.workers:
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    peaks.append(int(line.split()[1]))
        return max(peaks) / 1024

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
