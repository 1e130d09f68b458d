"""Publishing much at once: what is published meanwhile is not taken in one by one."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_in_bulk: ContextVar[bool] = ContextVar("translations_in_bulk", default=False)


@contextmanager
def taken_in_later() -> Iterator[None]:
    """What is published within is not taken in: whoever opens it does so after (`works.record_everything`)."""
    token = _in_bulk.set(True)
    try:
        yield
    finally:
        _in_bulk.reset(token)


def in_bulk() -> bool:
    return _in_bulk.get()
