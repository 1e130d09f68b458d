"""One question to a service over HTTP, and its answer, within a time that is set."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

CONNECT, TOTAL = 3.0, 15.0  # seconds
LARGEST = 4_000_000  # bytes of an answer


class Unreachable(Exception):
    """No answer that could be read came in time."""


class Refused(Exception):
    """The service answered with an error. `status`: the HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


def ask(
    address: str,
    data: dict[str, Any],
    headers: dict[str, str] | None = None,
    *,
    connect: float = CONNECT,
    total: float = TOTAL,
) -> Any:
    """What the service at `address` says to `data`, both JSON. Redirections are not followed: the key goes nowhere else.

    Raises `Unreachable`, `Refused`.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unreachable("no address of a service")
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=connect)
    ended = time.monotonic() + total
    body = json.dumps(data).encode()
    try:
        with _cut_off_at(ended, connection):
            connection.request(
                "POST", parts.path or "/", body, {"Content-Type": "application/json", **(headers or {})}
            )
            answer = connection.getresponse()
            read = answer.read(LARGEST + 1)
    except (OSError, HTTPException, ValueError) as error:
        raise Unreachable(str(error)) from error
    if answer.status != 200:
        raise Refused(answer.status)
    # A connection that was cut looks like an answer that ended.
    if len(read) > LARGEST or time.monotonic() >= ended:
        raise Unreachable("too much, or too late")
    try:
        return json.loads(read)
    except ValueError as error:
        raise Unreachable("not JSON") from error


@contextmanager
def _cut_off_at(ended: float, connection: HTTPConnection) -> Iterator[None]:
    """Connected within; a service that sends a byte now and then keeps the time of each reading, but not of all."""
    cut: threading.Timer | None = None
    try:
        connection.connect()
        left = max(ended - time.monotonic(), 0.01)
        connection.sock.settimeout(left)
        # The socket is handed over: the connection forgets it once the answer begins.
        cut = threading.Timer(left, _cut, [connection.sock])
        cut.daemon = True
        cut.start()
        yield
    finally:
        if cut is not None:
            cut.cancel()
        connection.close()


def _cut(connected: socket.socket) -> None:
    with suppress(OSError):  # closed already
        connected.shutdown(socket.SHUT_RDWR)
