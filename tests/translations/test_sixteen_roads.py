"""Each of the library's sixteen behaviours is tried by a test that exists and is run."""

import importlib
import inspect

import pytest

from .roads import SIXTEEN


def test_none_is_missing():
    assert list(SIXTEEN) == list(range(1, 17))
    assert len({road.what for road in SIXTEEN.values()}) == 16


@pytest.mark.parametrize("number", range(1, 17))
def test_it_is_tried(number):
    for name in SIXTEEN[number].tried_by:
        module, _colon, steps = name.partition(":")
        found = importlib.import_module(f"tests.translations.{module}")
        for step in steps.split("."):
            found = getattr(found, step)
        assert inspect.isfunction(found), name
        assert found.__name__.startswith("test_"), name
        marks = {mark.name for mark in getattr(found, "pytestmark", [])}
        assert not marks & {"skip", "skipif", "xfail"}, name
    assert SIXTEEN[number].tried_by
