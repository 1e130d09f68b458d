"""What `tests.benchmarks.engines` runs in processes of their own, with the bench's settings: filling, asking."""

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random

import django

LANGUAGES = ("en", "fr", "es")
TEXTS = 1500  # of each language: bodies repeat, titles and facets do not
WORDS = 250  # of a body, as long as a real document's first pages
AT_ONCE = 1000
WARM_UP = 2  # rounds that are not counted
ASKED = {
    "en": ["co-operative", "solidarity fund", "valley", "school bakery", "apprentices", "mill inhabitants"],
    "fr": ["coopérative", "fonds de solidarité", "vallée", "école boulangerie", "apprentis", "l’épargne"],
    "es": ["cooperativa", "fondo de solidaridad", "valle", "escuela", "aprendices", "canales de riego"],
}


def texts(language: str) -> list[str]:
    from cms.demo.benchmark_words import prose

    chance = Random(language)
    return [prose(chance, language, WORDS) for _number in range(TEXTS)]


def entries(start: int, stop: int, posts: int) -> Iterator:
    """Documents, and after each `posts` posts about it."""
    from cms.demo.benchmark_words import title
    from search.models import Entry
    from search.models.entry import packed

    bodies = {language: texts(language) for language in LANGUAGES}
    for number in range(start, stop):
        chance = Random(number)
        language = LANGUAGES[number % len(LANGUAGES)]
        moment = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=chance.randrange(220_000))
        yield Entry(
            ref=f"page:{number}",
            section="library",
            kind="if",
            language=language,
            work=f"work-{number // 2}",
            moment=moment,
            title=title(chance, language, f"Place {number % 977}"),
            body=chance.choice(bodies[language]),
            code=f"IF{moment.year}-{number % 1000}",
            marks=packed(
                {
                    "type": [chance.choice(("if", "cs", "ap", "lj", "ev", "nl", "pr", "ci"))],
                    "theme": [f"theme-{chance.randrange(40)}" for _each in range(2)],
                    "territory": [f"territory-{chance.randrange(120)}"],
                    "language": [language],
                    "year": [str(moment.year)],
                    "collection": [f"collection-{chance.randrange(15)}"],
                }
            ),
        )
        for post in range(posts):
            yield Entry(
                ref=f"post:{number * posts + post}",
                section="forum",
                kind="post",
                language=language,
                work=f"topic-{number}",
                moment=moment,
                title=title(chance, language, f"Place {number % 977}"),
                body=chance.choice(bodies[language])[:600],
                marks=packed(
                    {"category": [f"c{number % 8}"], "language": [language], "year": [str(moment.year)]}
                ),
            )


def fill(documents: int, posts: int) -> None:
    """Bring the number of documents to that, in bulk; none is indexed yet."""
    from django.db import transaction

    from search.models import Entry

    there = Entry.objects.filter(section="library").count()
    wanted = entries(there, documents, posts)
    while chunk := list(islice(wanted, AT_ONCE)):
        with transaction.atomic():
            Entry.objects.bulk_create(chunk)


def index() -> None:
    """Build the database's own index anew, a chunk after the other, and say it as `update_index` does."""
    from django.db import transaction

    from search.backends.front import database
    from search.models import Entry
    from search.services.rebuilding import by_key

    engine, done, begun = database(), 0, time.monotonic()
    for chunk in by_key():
        with transaction.atomic():
            engine.add_bulk(Entry, chunk)
        done += len(chunk)
    engine.settle()
    print(f"index of {engine.name}: {done} in {time.monotonic() - begun:.1f} s")


def questions(section: str) -> list:
    """Each typed query alone, and narrowed by a facet."""
    from search.asking import read
    from search.engines import Asked

    narrowed = {"library": {"type": frozenset({"if", "cs"})}, "forum": {"category": frozenset({"c3"})}}
    made = []
    for language, typed in ASKED.items():
        for text in typed:
            for chosen in ({}, narrowed[section]):
                made.append(
                    Asked(
                        words=read(text).words,
                        language=language,
                        languages=LANGUAGES,
                        open_languages=frozenset(LANGUAGES),
                        section=section,
                        chosen=chosen,
                    )
                )
    return made


def ask(section: str, times: int) -> None:
    """Ask the engine in front, each question with all facets, and print what it took."""
    from search.backends.front import engine

    front, asking = engine(), questions(section)
    warmed_up = warm_up(front, asking)
    took, found = [], 0
    begun = time.process_time()
    for asked in asking * times:
        start = time.perf_counter()
        hits = front.answer(asked)
        took.append(time.perf_counter() - start)
        assert not hits.degraded, "the search server does not answer"
        found += hits.total
    cpu = (time.process_time() - begun) / len(took)
    answer = {
        "took": took,
        "cpu": cpu,
        "found": found / len(took),
        "asked": len(took) + warmed_up,
    }
    print(json.dumps(answer))


def warm_up(front, asking: list) -> int:
    """How many questions are asked that are not counted. A server that was just started may take longer than anybody
    waits for it, and goes on becoming faster for some hundreds of questions."""
    from search.backends.front import server

    end = time.monotonic() + 60
    first = asking * (WARM_UP if server() is None else 5 * WARM_UP)
    for asked in first:
        while front.answer(asked).degraded and time.monotonic() < end:
            time.sleep(0.5)
    return len(first)


if __name__ == "__main__":
    django.setup()
    match sys.argv[1:]:
        case ["fill", documents, posts]:
            fill(int(documents), int(posts))
        case ["index"]:
            index()
        case ["ask", section, times]:
            ask(section, int(times))
