"""In a process that a test will kill: stops at a chosen place, says so, and waits for its end. See `blocking_settings`."""

import functools
import importlib
import os
import signal

from django.apps import AppConfig


class BlockingConfig(AppConfig):
    name = "tests.translations.blocking"
    label = "blocking"

    def ready(self) -> None:
        """`BLOCK_AT`: "module:function", and "before" or "after" which call of it. `BLOCK_PIPE`: where it is said."""
        place, when, number = os.environ["BLOCK_AT"].split(" ")
        module_name, name = place.split(":")
        module = importlib.import_module(module_name)
        setattr(module, name, blocking(getattr(module, name), when, int(number)))


def blocking(function, when: str, number: int):
    calls = 0

    @functools.wraps(function)
    def blocked(*args, **kwargs):
        nonlocal calls
        calls += 1
        if calls == number and when == "before":
            wait_for_the_end()
        result = function(*args, **kwargs)
        if calls == number:
            wait_for_the_end()
        return result

    return blocked


def wait_for_the_end() -> None:
    os.write(int(os.environ["BLOCK_PIPE"]), b"x")
    while True:
        signal.pause()
