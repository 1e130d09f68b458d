"""Published versions of the benchmark's documents: invented, the same in every run, written in bulk.

A version holds the fields of its document and leaves out the rows that hang on it (people, territories …), which
neither lists nor comparisons of the benchmark need. The newest says what the page says.
"""

import datetime
import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Count
from modelcluster.models import get_serializable_data_for_fields

from cms.accounts.models import User
from cms.demo import benchmark_words as words
from cms.wiki.content import text_in
from cms.wiki.models import PublishedRevision
from cms.wiki.rules import SIGNIFICANCES
from initiatives.models import DOCUMENT_TYPES, Document

AUTHORS = 8
BATCH = 50  # pages written together
FIRST = datetime.datetime(2024, 1, 8, 9, 0, tzinfo=datetime.UTC)
STEP = datetime.timedelta(minutes=7)  # from one publication on the site to the next
CODES = [code for code, _name in SIGNIFICANCES]


def load_revisions(count: int, say: Callable[[str], None]) -> int:
    """Bring the versions of each original to `count`; return how many were made. Those there are stay as they are."""
    authors = load_authors()
    known = dict(PublishedRevision.objects.order_by().values_list("page_id").annotate(number=Count("pk")))
    pages = [
        (place, pk, kind)
        for place, (pk, kind, written_in, code) in enumerate(
            Document.objects.order_by("pk").values_list("pk", "kind", "written_in", "locale__language_code")
        )
        if written_in == code and known.get(pk, 0) < count
    ]
    made = 0
    for start in range(0, len(pages), BATCH):
        batch = pages[start : start + BATCH]
        rows = list(versions_of(batch, known, count, authors))
        with transaction.atomic():
            PublishedRevision.objects.bulk_create(rows, batch_size=100)
        made += len(rows)
        if (start // BATCH) % 10 == 9 or start + BATCH >= len(pages):
            say(f"versions: of {min(start + BATCH, len(pages))} pages of {len(pages)}")
    return made


def load_authors() -> list[User]:
    found = []
    for number in range(1, AUTHORS + 1):
        author, _created = User.objects.get_or_create(
            username=f"benchmark-{number}",
            defaults={
                "email": f"benchmark-{number}@example.org",
                "display_name": f"Benchmark author {number}",
            },
        )
        found.append(author)
    return found


def versions_of(
    batch: list[tuple[int, int, str]], known: dict[int, int], count: int, authors: list[User]
) -> Iterator[PublishedRevision]:
    places = {pk: place for place, pk, _kind in batch}
    for model in DOCUMENT_TYPES:
        ids = [pk for _place, pk, kind in batch if kind == model.kind_code]
        for page in model.objects.select_related("locale").filter(pk__in=ids).order_by("pk") if ids else ():
            yield from versions_of_page(page, places[page.pk], known.get(page.pk, 0), count, authors)


def versions_of_page(
    page: Any, place: int, have: int, count: int, authors: list[User]
) -> Iterator[PublishedRevision]:
    newest = text_in(get_serializable_data_for_fields(page))
    last_size = 0
    for number in range(have + 1, count + 1):
        chance = Random(f"version {page.pk} {number}")
        content = newest if number == count else earlier(newest, chance, page.locale.language_code)
        size = len(content["summary"].split()) + len(content["body"].split())
        author = chance.choice(authors)
        yield PublishedRevision(
            page_id=page.pk,
            number=number,
            # Every page in turn, so that the recent changes are of many.
            published_at=FIRST + STEP * (number * 5000 + place),
            title=page.title,
            content=content,
            language=page.locale.language_code,
            author=author,
            author_name=author.shown_name,
            summary=words.sentence(chance, page.locale.language_code)[:300],
            significance=chance.choice(CODES),
            size=size,
            size_change=size - last_size,
        )
        last_size = size


def earlier(newest: dict[str, Any], chance: Random, lang: str) -> dict[str, Any]:
    """The text with another summary, and with some sentence more in one of its blocks."""
    body = json.loads(newest["body"])
    texts = [block for block in body if block["type"] == "text"]
    if texts:
        block = chance.choice(texts)
        block["value"] = f"<p>{words.sentence(chance, lang)}</p>{block['value']}"
    summary = f"{words.sentence(chance, lang)} {newest['summary']}"[:600]
    return {**newest, "summary": summary, "body": json.dumps(body)}
