"""Addresses of the wiki's screens, by name, for lists that hold many of them."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

# Numbers that stand for the arguments of an address while its shape is looked up.
_STAND_INS = (900_000_000_000_000_001, 900_000_000_000_000_002, 900_000_000_000_000_003)


def address(name: str, *numbers: int) -> str:
    """`reverse("wiki:" + name, args=numbers)` in the active language, at the price of a format."""
    return _shape(name, len(numbers), get_language(), get_script_prefix()).format(*numbers)


@lru_cache(maxsize=256)
def _shape(name: str, count: int, language: str | None, prefix: str) -> str:
    stand_ins = _STAND_INS[:count]
    shape = reverse(f"wiki:{name}", args=stand_ins)
    for number in stand_ins:
        shape = shape.replace(str(number), "{}")
    return shape
