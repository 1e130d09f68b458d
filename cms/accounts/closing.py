"""What becomes of what somebody wrote when their account is closed. Each app says its part, in `ready()`.

A part does its work in small steps, each in a transaction of its own, so that no account is too large to close and a
worker that is killed half-way goes on where it was. What remains is deleted with the account, by the database.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from cms.accounts.models import User

Progress = dict
# (whose account, what they chose, how far it has come) → how far it is now, None once there is nothing left to do.
Step = Callable[[User, str, Progress], Progress | None]


@dataclass(frozen=True, slots=True)
class Part:
    """`says`: what is told before the account is closed. `choices`: (code, label), the first is the usual one.

    `step` may be asked again for what was done already, and then changes nothing; it keeps its progress as plain
    values.
    """

    code: str
    step: Step
    says: Sequence[str | Promise] = ()
    question: str | Promise = ""
    choices: Sequence[tuple[str, str | Promise]] = field(default=())

    def chosen(self, choice: str) -> str:
        """`choice` if it is one of the offered, else the usual one, "" where there are none."""
        codes = [code for code, _label in self.choices]
        return choice if choice in codes else (codes[0] if codes else "")


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """Registering a code again replaces it."""
    _parts[part.code] = part


def parts() -> list[Part]:
    """In the order of registration, which is that of the installed apps: those above come first."""
    return list(_parts.values())


def in_one_go(work: Callable[[User], object]) -> Step:
    """A part whose work is one small step."""

    def step(user: User, choice: str, progress: Progress) -> None:
        work(user)

    return step
