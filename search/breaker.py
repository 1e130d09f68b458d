"""Whether to ask a service that did not answer lately: for a while nobody asks, then one tries. Pure but for the clock.

Kept by each process for itself: no process waits for another to find out.
"""

import threading
import time
from collections.abc import Callable

FIRST, LONGEST = 2.0, 60.0  # seconds of a first pause, and of one after many failures
FORGOTTEN = 15.0  # seconds after which a trial that never said how it went is no longer waited for


class Breaker:
    """Closed: everybody asks. Open: nobody does. Half open, when the pause is over: one does, the others wait.

    Whoever was let through says how it went: `went_well`, `went_wrong`, or `leave` where nothing was found out.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._pause = 0.0  # 0: closed
        self._until = 0.0
        self._trial = 0.0  # when the one began who tries; 0: nobody does

    @property
    def closed(self) -> bool:
        return not self._pause

    def lets_through(self) -> bool:
        """Whether the caller may ask."""
        with self._lock:
            now = self._clock()
            if not self._pause:
                return True
            if now < self._until or (self._trial and now < self._trial + FORGOTTEN):
                return False
            self._trial = now
            return True

    def went_well(self) -> bool:
        """Whether it had not, before."""
        with self._lock:
            was_open, self._pause, self._trial = bool(self._pause), 0.0, 0.0
            return was_open

    def went_wrong(self) -> None:
        with self._lock:
            now = self._clock()
            if self._pause and now < self._until:
                return  # somebody who began to ask before: it is known already
            self._pause = min(self._pause * 2, LONGEST) or FIRST
            self._until, self._trial = now + self._pause, 0.0

    def leave(self) -> None:
        """Nothing was found out: the next one may try."""
        with self._lock:
            self._trial = 0.0
