"""What an address asks for: values that are known, and those that are left out and said. Pure."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

LONGEST_SHOWN = 40  # characters of a value that is not known


def sort_out(
    params: Mapping[str, str], names: Iterable[str], known: Mapping[str, Container[str]]
) -> tuple[dict[str, Any], list[str]]:
    """Name → value, where it is among those of `known`; and the values that are not, as they were typed.

    What is empty is not asked for. Names that are not among `names` are passed over.
    """
    asked = {name: params.get(name, "").strip() for name in names}
    chosen = {name: value for name, value in asked.items() if value in known[name]}
    return chosen, [value for name, value in asked.items() if value and name not in chosen]


def query_of(choice: Any, more: Mapping[str, str]) -> str:
    """The query string of a dataclass of choices, with its question mark: one address for one choice. "" for none."""
    pairs = [(field.name, getattr(choice, field.name)) for field in fields(choice)]
    said = [(name, "1" if value is True else str(value)) for name, value in pairs if value]
    said += [(name, value) for name, value in more.items() if value]
    return "?" + urlencode(said) if said else ""


def printable(value: str) -> str:
    """As it can be named on a page."""
    return "".join(filter(str.isprintable, value))[:LONGEST_SHOWN]
