"""A translation memory as large as one wishes: sentences of every length, the same each time."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cms.translations.models import MemoryEntry

WORDS = [
    "local",
    "pact",
    "partners",
    "social",
    "solidarity",
    "economy",
    "learning",
    "journey",
    "village",
    "mill",
    "bread",
    "oven",
    "harvest",
    "market",
    "council",
    "region",
    "women",
    "young",
    "people",
    "work",
    "income",
    "land",
    "water",
    "forest",
    "energy",
    "school",
    "credit",
    "savings",
    "cooperative",
    "association",
    "network",
    "mayor",
    "elected",
    "citizens",
    "debate",
    "proposal",
    "agreed",
    "funded",
    "visited",
    "shared",
    "taught",
    "measured",
    "lasting",
    "year",
    "three",
    "four",
    "hundred",
    "the",
    "of",
    "and",
    "in",
    "with",
    "for",
    "from",
    "by",
    "that",
    "which",
    "they",
    "were",
    "was",
    "is",
    "has",
    "had",
    "not",
    "also",
    "more",
    "than",
    "since",
    "until",
]
BEGUN = datetime(2020, 1, 1, tzinfo=UTC)


def sentence(chance: random.Random) -> str:
    """Most segments are short; a few are paragraphs."""
    words = chance.choices(WORDS, k=min(120, max(1, int(chance.lognormvariate(2.3, 0.9)))))
    return " ".join(words).capitalize() + "."


def fill_memory(entries: int, first: int = 0) -> None:
    """`entries` more, numbered from `first`: of works with fifty segments each, that are known to nobody else."""
    chance = random.Random(first)  # noqa: S311
    rows = []
    for number in range(first, first + entries):
        source = sentence(chance)
        rows.append(
            MemoryEntry.of(
                source,
                source_language="en",
                target_language="fr",
                target=f"FR {source}",
                path=f"body.{number}",
                work_key=UUID(int=1 + number // 50),
                title=f"Work {number // 50}",
                approved_at=BEGUN + timedelta(minutes=number),
            )
        )
    MemoryEntry.objects.bulk_create(rows, batch_size=1000)
