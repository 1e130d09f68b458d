"""Runs several programs as children of one foreground process: prefixes what they print, starts a dead one
again after a growing pause, passes the stop signal on and waits for each. Standard library only.
"""

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, TextIO

STEADY = 30.0  # seconds a child must live for its earlier failures to be forgotten
LONGEST_PAUSE = 30.0  # seconds
PATIENCE = 10.0  # seconds a child has to stop by itself
TOO_MANY = 5  # deaths in a row before anything was ever ready: starting again will not help


@dataclass
class Child:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    started: float = 0.0
    deaths: int = 0  # in a row
    start_at: float = 0.0
    rest: bytes = b""  # a line not yet ended

    @property
    def running(self) -> subprocess.Popen:
        """The process, of a child that was started."""
        if self.process is None:
            raise ValueError(f"{self.name} was not started")
        return self.process

    @property
    def pipe(self) -> IO[bytes]:
        if self.running.stdout is None:
            raise ValueError(f"what {self.name} prints goes elsewhere")
        return self.running.stdout

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


def pause_after(deaths: int) -> float:
    """Seconds to wait before starting again: 1, 2, 4 … up to half a minute."""
    return min(LONGEST_PAUSE, 2.0 ** max(0, deaths - 1))


def end_with_parent() -> None:
    """In the child, on Linux: be told to stop if the supervisor is killed outright. Elsewhere: nothing."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


class Supervisor:
    """`is_ready` is asked now and then until it says yes; then `on_ready` is called, once."""

    def __init__(
        self,
        children: list[Child],
        *,
        is_ready: Callable[[], bool] = lambda: True,
        on_ready: Callable[[], None] = lambda: None,
        out: TextIO | None = None,
        tick: float = 0.25,
    ):
        self.children = children
        self.is_ready = is_ready
        self.on_ready = on_ready
        self.out = out or sys.stdout
        self.tick = tick
        self.ready = False
        self.stopping = False
        self.selector = selectors.DefaultSelector()
        self.width = max(len(child.name) for child in children)

    def run(self) -> int:
        """Returns the exit code: 0 after a stop signal, 1 where a child could not be kept alive."""
        before = {
            number: signal.signal(number, self.ask_to_stop)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            while not self.stopping:
                self.keep_alive()
                self.pass_on_output(self.tick)
                if not self.ready and all(child.alive for child in self.children) and self.is_ready():
                    self.ready = True
                    self.on_ready()
                if not self.ready and any(child.deaths >= TOO_MANY for child in self.children):
                    self.say("Given up: see above why it does not start.")
                    return 1
            return 0
        finally:
            self.stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def ask_to_stop(self, number, frame) -> None:
        self.stopping = True

    def keep_alive(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.alive:
                if now - child.started > STEADY:
                    child.deaths = 0
            elif child.process is not None:
                self.note_death(child, now)
            elif now >= child.start_at:
                self.start(child, now)

    def note_death(self, child: Child, now: float) -> None:
        self.drain(child)
        child.deaths += 1
        pause = pause_after(child.deaths)
        child.start_at = now + pause
        self.say(f"{child.name} ended (code {child.running.returncode}); again in {pause:.0f} s")
        child.process = None

    def start(self, child: Child, now: float) -> None:
        # A session of its own: Ctrl-C reaches the supervisor only, which then stops each child in its way.
        child.process = subprocess.Popen(
            child.command,
            env=os.environ | {"PYTHONUNBUFFERED": "1"} | child.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        child.started = now
        os.set_blocking(child.pipe.fileno(), False)
        self.selector.register(child.pipe, selectors.EVENT_READ, child)

    def pass_on_output(self, timeout: float) -> None:
        if not self.selector.get_map():
            time.sleep(timeout)
        for key, _events in self.selector.select(timeout):
            self.read_some(key.data, key.fileobj)

    def read_some(self, child: Child, pipe) -> bool:
        """Pass on what is there. False at the end of the child's output."""
        data = pipe.read(65536)
        if data is None:
            return True
        if not data:
            self.selector.unregister(pipe)
            pipe.close()
            return False
        *lines, child.rest = (child.rest + data).split(b"\n")
        for line in lines:
            self.say(line.decode(errors="replace"), child.name)
        return True

    def drain(self, child: Child) -> None:
        pipe = child.pipe
        while not pipe.closed and self.read_some(child, pipe):
            if child.running.poll() is not None and not self.more(pipe):
                # A grandchild may still hold the pipe open: what it says later is nobody's to wait for.
                self.selector.unregister(pipe)
                pipe.close()
        if child.rest:
            self.say(child.rest.decode(errors="replace"), child.name)
            child.rest = b""

    def more(self, pipe) -> bool:
        with selectors.DefaultSelector() as one:
            one.register(pipe, selectors.EVENT_READ)
            return bool(one.select(0))

    def say(self, line: str, name: str = "") -> None:
        # Whoever read this may have gone; stopping the children still matters.
        with contextlib.suppress(OSError):
            print(f"{name or 'all':{self.width}} | {line}", file=self.out, flush=True)

    def stop(self) -> None:
        """Ask each child by its own pid; after `PATIENCE` seconds end those that did not listen."""
        running = [child for child in self.children if child.alive]
        for child in running:
            child.running.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while any(child.alive for child in running) and time.monotonic() < deadline:
            self.pass_on_output(0.05)
        for child in running:
            if child.alive:
                self.say(f"{child.name} did not stop by itself and was ended")
                os.killpg(child.running.pid, signal.SIGKILL)  # its own session holds nothing but its own
            child.running.wait()
            self.drain(child)
        self.selector.close()
