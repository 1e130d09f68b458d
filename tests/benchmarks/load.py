"""Asks for one address over and over, over eight kept-alive connections: with `wrk` where it is found."""

import re
import shutil
import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

CONNECTIONS = 8
MOST_REQUESTS = 20_000  # in one run, by the generator in Python
FEWEST_REQUESTS = 300  # enough for the clock of /proc and for those under way at the end not to matter
WARMING = 60  # requests before each run
LONGEST = 20.0  # seconds


@dataclass(frozen=True)
class Load:
    requests: int
    seconds: float
    p50: float  # milliseconds
    p99: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def generator() -> str:
    return "wrk" if shutil.which("wrk") else "Python"


Form = Callable[[], str]  # what is sent, another each time


def warm(port: int, path: str, headers: dict[str, str], form: Form | None = None) -> float:
    """Ask until every worker has what it keeps; return the requests per second, roughly."""
    return run_python(port, path, headers, LONGEST, WARMING, form).per_second


def run(port: int, path: str, headers: dict[str, str], seconds: float, form: Form | None = None) -> Load:
    """Raises `RuntimeError` for any answer that is not 200, or, where a `form` is sent, a redirect."""
    if form is not None:
        return run_python(port, path, headers, seconds, form=form)
    if generator() == "wrk":
        return run_wrk(port, path, headers, round(seconds) or 1)
    return run_python(port, path, headers, seconds)


def run_wrk(port: int, path: str, headers: dict[str, str], seconds: int) -> Load:
    command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", str(seconds), "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], check=True, capture_output=True, text=True
    )
    return read_wrk(done.stdout)


def read_wrk(printed: str) -> Load:
    if "Non-2xx" in printed or "Socket errors" in printed:
        raise RuntimeError(f"answers other than 200, or none:\n{printed}")
    requests, seconds = re.search(r"(\d+) requests in ([\d.]+)(ms|s|m)", printed).group(1, 2)
    p50 = re.search(r"50%\s+([\d.]+)(us|ms|s)", printed).groups()
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", printed).groups()
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    return Load(int(requests), float(seconds), float(p50[0]) * unit[p50[1]], float(p99[0]) * unit[p99[1]])


def run_python(
    port: int,
    path: str,
    headers: dict[str, str],
    seconds: float,
    most: int = MOST_REQUESTS,
    form: Form | None = None,
) -> Load:
    verb, answer = ("GET", b"200") if form is None else ("POST", b"302")
    lines = [f"{verb} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *(f"{k}: {v}" for k, v in headers.items())]
    head = "\r\n".join(lines) + "\r\n"
    took: list[float] = []
    errors: list[str] = []
    started = time.perf_counter()
    until = started + seconds

    def ask() -> None:
        try:
            with socket.create_connection(("127.0.0.1", port), 30) as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while time.perf_counter() < until and len(took) < most and not errors:
                    begun = time.perf_counter()
                    connection.sendall(request(head, form))
                    read_answer(connection, answer)
                    took.append((time.perf_counter() - begun) * 1000)
        except (OSError, ValueError) as error:
            errors.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors or len(took) < 2:
        raise RuntimeError(f"{path}: {errors[0] if errors else 'no answers'}")
    marks = statistics.quantiles(took, n=100)
    return Load(len(took), time.perf_counter() - started, marks[49], marks[98])


def request(head: str, form: Form | None) -> bytes:
    if form is None:
        return f"{head}\r\n".encode()
    body = form().encode()
    kind = "application/x-www-form-urlencoded"
    return f"{head}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def read_answer(connection: socket.socket, status: bytes = b"200") -> None:
    """Read one answer to its end. `ValueError` for another status."""
    text = b""
    while b"\r\n\r\n" not in text:
        part = connection.recv(65536)
        if not part:
            raise ValueError("the connection was closed")
        text += part
    head, _, body = text.partition(b"\r\n\r\n")
    if b" " + status + b" " not in head.split(b"\r\n", 1)[0] + b" ":
        raise ValueError(head.split(b"\r\n", 1)[0].decode("latin-1"))
    length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
    if length is None:  # in chunks, as Django answers without its CommonMiddleware
        while not body.endswith(b"0\r\n\r\n"):
            part = connection.recv(65536)
            if not part:
                raise ValueError("the connection was closed")
            body += part
        return
    missing = int(length.group(1)) - len(body)
    while missing > 0:
        part = connection.recv(min(missing, 1 << 20))
        if not part:
            raise ValueError("the connection was closed")
        missing -= len(part)
