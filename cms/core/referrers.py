"""What refers to a shared entry. Apps above tell the entries below what they hold, without being imported.

An app registers, in `ready()`, a builder for each kind of entry it refers to, and a counter for lists:
`register_referrers(Person, documents_of_person, document_counts)`.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Model

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Referrals:
    """One group of what refers to an entry: `cards` are those of the page asked for, `total` counts all.

    A card is a mapping with `title`, `url`, and where known `kind` (code in lower case), `kind_name`, `code`,
    `setting` (its place and time), `part` (how it refers), `lang` and `dir` (only where it is in another
    language than the reader's), `summary` with `summary_lang` and `summary_dir`, and `languages` (pills with
    code, name, url, state, original).
    """

    key: str  # of the group, for anchors
    heading: str
    total: int
    cards: Sequence[Mapping] = field(default_factory=list)
    more_url: str = ""
    more_label: str = ""


Builder = Callable[[Model, str, int, int], list[Referrals]]
"""`builder(entry, language, start, stop)`: the entry's groups, each with its cards from `start` to `stop`."""
Counts = Callable[[], Mapping[Hashable, int]]
"""`counts()`: how many works refer to each entry, by `identity(entry)`."""

_builders: dict[type[Model], list[Builder]] = {}
_counts: dict[type[Model], list[Counts]] = {}


def register_referrers(model: type[Model], builder: Builder, counts: Counts | None = None) -> None:
    _builders.setdefault(model, []).append(builder)
    if counts is not None:
        _counts.setdefault(model, []).append(counts)


def referrals(entry: Model, language: str, start: int = 0, stop: int = PER_PAGE) -> list[Referrals]:
    """All groups of what refers to `entry`, without the empty ones."""
    found = [
        group for build in _builders.get(type(entry), []) for group in build(entry, language, start, stop)
    ]
    return [group for group in found if group.total]


def reference_counts(model: type[Model]) -> Mapping[Hashable, int]:
    """How many works refer to each entry of `model`, by `identity(entry)`; none: not in the mapping."""
    total: Counter = Counter()
    for counts in _counts.get(model, []):
        total.update(counts())
    return total


def identity(entry: Model) -> Hashable:
    """What an entry is, whatever the language of its row."""
    return getattr(entry, "translation_key", None) or entry.pk
