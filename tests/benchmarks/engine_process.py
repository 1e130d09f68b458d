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
WARM_UP = 4  # rounds that are not counted
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


def fill(documents: int, posts: int, *, database: bool) -> None:
    """Bring the number of documents to that, in bulk; `database`: with the database's own index."""
    from django.db import transaction
    from modelsearch.backends import get_search_backend

    from search.models import Entry

    there = Entry.objects.filter(section="library").count()
    wanted = entries(there, documents, posts)
    while chunk := list(islice(wanted, AT_ONCE)):
        with transaction.atomic():
            made = Entry.objects.bulk_create(chunk)
            if database:
                get_search_backend("default").add_bulk(Entry, made)


def ask(times: int) -> None:
    """Ask the engine in front, each question with all facets, and print what it took."""
    from search.asking import read
    from search.backends.front import engine
    from search.engines import Asked

    front = engine()
    open_here = frozenset(LANGUAGES)
    questions = []
    for language, typed in ASKED.items():
        for text in typed:
            query = read(text)
            for chosen in ({}, {"type": frozenset({"if", "cs"})}):
                questions.append(
                    Asked(
                        words=query.words,
                        language=language,
                        languages=LANGUAGES,
                        open_languages=open_here,
                        section="library",
                        chosen=chosen,
                    )
                )
    warm_up(front, questions)
    took, found = [], 0
    begun = time.process_time()
    for asked in questions * times:
        start = time.perf_counter()
        hits = front.answer(asked)
        took.append(time.perf_counter() - start)
        assert not hits.degraded, "the search server does not answer"
        found += hits.total
    cpu = time.process_time() - begun
    print(json.dumps({"took": took, "cpu": cpu / len(took), "found": found / len(took)}))


def warm_up(front, questions) -> None:
    """A server that was just started may take longer than anybody waits for it."""
    end = time.monotonic() + 60
    for asked in questions * WARM_UP:
        while front.answer(asked).degraded and time.monotonic() < end:
            time.sleep(0.5)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]), int(sys.argv[3]), database=sys.argv[4] == "database")
    else:
        ask(int(sys.argv[2]))
