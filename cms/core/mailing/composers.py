"""Who finds the words of a mail when it is sent. Apps register in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from cms.core.mailing.letters import Letter

LETTER = "letter"  # the words were written when it was posted


@dataclass(frozen=True, slots=True)
class Composer:
    compose: Callable[[dict], Letter | None]
    sent: Callable[[dict], None]


_composers: dict[str, Composer] = {}


def register_composer(
    name: str,
    compose: Callable[[dict], Letter | None],
    *,
    sent: Callable[[dict], None] = lambda data: None,
) -> None:
    """`compose(data)` answers the letter, or None for no mail; `sent(data)` is told when it has gone out.

    `compose` may be asked several times and changes nothing; `sent` runs in the transaction that says so.
    """
    _composers[name] = Composer(compose, sent)


def composer_named(name: str) -> Composer:
    """`KeyError` where the app that posted the mail is gone."""
    return _composers[name]


register_composer(LETTER, lambda data: Letter(**data))
