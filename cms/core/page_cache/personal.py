"""Addresses where those who are logged in see more than others: they are not answered from kept pages.

Everybody else is: a view there marks its answer public only where no session came with the request.
"""

import re

_patterns: list[re.Pattern[str]] = []


def register_personal_addresses(pattern: str) -> None:
    """`pattern` is matched at the start of the path."""
    compiled = re.compile(pattern)
    if compiled not in _patterns:
        _patterns.append(compiled)


def is_personal(path: str) -> bool:
    return any(pattern.match(path) for pattern in _patterns)
