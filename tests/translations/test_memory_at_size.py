"""The memory of a network that has translated for years: what it costs to look for one segment in it."""

import random
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.translations.models import MemoryEntry
from cms.translations.queries import memory
from cms.translations.queries.memory import ALIKE_BY_LENGTH, ALIKE_BY_TRAIT, Remembered, Wanted, remembered

from .memory_filling import fill_memory, sentence

pytestmark = pytest.mark.django_db
FEW, MANY = 500, 50_000
DEAREST = 6  # times what it costs with `FEW`; measured: see decision 0018


def texts() -> list[str]:
    """The very text of an entry, one that is like an entry's, one of which nothing is known; each several times."""
    chance = random.Random(7)  # noqa: S311
    wanted = []
    sources = MemoryEntry.objects.order_by("pk").values_list("source", flat=True)
    for known in [each for each in sources if 8 < len(each.split()) < 40][:50:10]:
        words = known.split()
        words[len(words) // 2] = "entirely"
        wanted += [known, " ".join(words), sentence(chance)]
    return wanted


def look_for(text: str) -> list:
    return list(remembered(Wanted(text, "en", "fr"))) or [Remembered(MemoryEntry(), 0, False)]


def cost(wanted: list[str]) -> tuple[float, int]:
    """Seconds of CPU for all of them, the best of three; the most queries for one."""
    best, queries = 1e9, 0
    for _run in range(3):
        begun = time.process_time()
        for text in wanted:
            look_for(text)
        best = min(best, time.process_time() - begun)
    for text in wanted:
        with CaptureQueriesContext(connection) as asked:
            look_for(text)
        queries = max(queries, len(asked))
    return best, queries


def test_it_grows_neither_in_queries_nor_much_in_time(site, monkeypatch):
    fill_memory(FEW)
    wanted = texts()
    look_for(wanted[0])
    cheap, queries = cost(wanted)
    fill_memory(MANY - FEW, first=FEW)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE translations_memoryentry")
    dear, more_queries = cost(wanted)
    print(f"{MANY} entries cost {dear / cheap:.1f} times what {FEW} do: {dear / len(wanted) * 1000:.1f} ms")
    assert queries == more_queries == 5
    assert dear < DEAREST * cheap
    # What is known is found among many as among few.
    assert [look_for(text)[0].score >= 80 for text in wanted] == [True, True, False] * 5

    compared = []
    plain = memory.best_matches
    monkeypatch.setattr(
        memory,
        "best_matches",
        lambda text, candidates, **more: plain(
            text, compared.append(each := list(candidates)) or each, **more
        ),
    )
    look_for(max(wanted, key=len))
    look_for(min(wanted, key=len))
    assert max(map(len, compared)) <= ALIKE_BY_TRAIT + 2 * ALIKE_BY_LENGTH
