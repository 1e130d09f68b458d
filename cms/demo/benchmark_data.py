"""Many documents at once, for load tests: invented, the same in every run, written in bulk.

A page is a row in three tables. `bulk_create` refuses such models, so each table is written by itself, with
the ids, tree paths and counts that saving page by page would have given.
"""

import datetime
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import F, Max
from django.utils.text import slugify
from wagtail.models import Locale, Page

from cms.demo import benchmark_words as words
from cms.demo.benchmark_entries import Entries, key, load_entries, name
from home.services import set_up_site
from initiatives.models import (
    DOCUMENT_TYPES,
    Collection,
    CollectionIndex,
    Document,
    DocumentContributor,
    DocumentOrganisation,
    DocumentReference,
    DocumentRelation,
    DocumentTerritory,
    LibraryPage,
    ReferenceCode,
    ReferenceSeries,
)
from initiatives.rules import (
    AUTHORSHIP,
    CONTRIBUTOR_PARTS,
    GRID_QUESTIONS,
    ORGANISATION_PARTS,
    RELATIONS,
    format_code,
)

BATCH = 250  # works written together
COLLECTIONS = 5
PUBLISHED = datetime.datetime(2026, 1, 5, 9, 0, tzinfo=datetime.UTC)
MODELS = {model.kind_code: model for model in DOCUMENT_TYPES}
# In turn, so that thirty documents hold every type.
KINDS = "IF CS AP IF LJ IF EV IF CS IF AP NL IF CS PR IF EV IF CS CI"
FILE_SECTIONS = ("context", "what_is_done", "results", "difficulties", "lessons")


@dataclass(frozen=True)
class Work:
    """What all languages of one document share."""

    number: int
    kind: str
    languages: tuple[str, ...]  # the first is the original
    date: datetime.date

    @property
    def key(self) -> uuid.UUID:
        return key("document", self.number)

    def chance(self, *more: object) -> Random:
        return Random(f"work {self.number} {more}")


def plan(number: int, languages: tuple[str, ...]) -> Work:
    """Work `number`: half of the works are in one language, a third in two, the others in all."""
    chance = Random(f"plan {number}")
    order = list(languages)
    chance.shuffle(order)
    how_many = chance.choices([1, 2, len(order)], [50, 35, 15])[0]
    kinds = KINDS.split()
    kind = kinds[number % len(kinds)]
    day = datetime.date(1998, 1, 1) + datetime.timedelta(days=chance.randrange(16 * 365))
    return Work(number, kind, tuple(order[: min(how_many, len(order))]), day)


def load_documents(count: int, languages: tuple[str, ...], say: Callable[[str], None]) -> int:
    """Bring the works of the load test to `count` in number; return how many were made.

    The site is set up first if it is not. Works that exist already are left as they are.
    """
    set_up_site(languages)
    locales = {code: Locale.objects.get(language_code=code) for code in languages}
    with transaction.atomic():
        entries = load_entries(locales)
        collections = load_collections(locales)
    known = set(Document.objects.values_list("translation_key", flat=True))
    missing = [work for number in range(count) if (work := plan(number, languages)).key not in known]
    say(f"shared entries: done; documents to make: {len(missing)}")
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        with transaction.atomic():
            Writer(locales, entries, collections).write(batch)
        say(f"documents: {start + len(batch)} of {len(missing)}")
    return len(missing)


def load_collections(locales: dict[str, Locale]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {lang: [] for lang in locales}
    for lang, locale in locales.items():
        index = CollectionIndex.objects.get(locale=locale)
        for number in range(COLLECTIONS):
            uid = key("collection", number)
            page = Collection.objects.filter(translation_key=uid, locale=locale).first()
            if page is None:
                page = Collection(
                    title=f"{words.SUBJECTS[lang][number]} {number + 1}",
                    slug=f"benchmark-{number}",
                    locale=locale,
                    translation_key=uid,
                    summary=words.sentence(Random(f"collection {number}"), lang),
                )
                index.add_child(instance=page)
            found[lang].append(page.pk)
    return found


class Writer:
    """Writes one batch of works."""

    def __init__(self, locales: dict[str, Locale], entries: Entries, collections: dict[str, list[int]]):
        self.locales = locales
        self.entries = entries
        self.collections = collections
        self.libraries = {lang: LibraryPage.objects.get(locale=locale) for lang, locale in locales.items()}
        self.types = ContentType.objects.get_for_models(*MODELS.values())
        self.next_id = (Page.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        self.steps = {lang: last_step(library) for lang, library in self.libraries.items()}
        # Pages that texts may link to: those of this batch, by language.
        self.pages: dict[str, list[int]] = {lang: [] for lang in locales}

    def write(self, works: list[Work]) -> None:
        made = [(work, lang, self.page(work, lang)) for work in works for lang in work.languages]
        for work, lang, page in made:
            self.fill(page, work, lang)
        pages = [page for _work, _lang, page in made]
        insert(Page, pages)
        insert(Document, pages)
        for model in MODELS.values():
            insert(model, [page for page in pages if type(page) is model])
        for library in self.libraries.values():
            added = sum(page.locale_id == library.locale_id for page in pages)
            Page.objects.filter(pk=library.pk).update(numchild=F("numchild") + added)
        self.link(made)
        give_codes(works)
        reset_sequences()

    def page(self, work: Work, lang: str) -> Document:
        library = self.libraries[lang]
        self.steps[lang] += 1
        title = words.title(work.chance("title"), lang, name(work.number % 36 + 40))
        slug = f"{slugify(title)[:60]}-{work.number}"
        page = MODELS[work.kind](
            pk=self.next_id,
            title=title,
            draft_title=title,
            slug=slug,
            url_path=f"{library.url_path}{slug}/",
            path=Page._get_path(library.path, library.depth + 1, self.steps[lang]),
            depth=library.depth + 1,
            content_type=self.types[MODELS[work.kind]],
            locale=self.locales[lang],
            translation_key=work.key,
            live=True,
            first_published_at=PUBLISHED,
            last_published_at=PUBLISHED,
            latest_revision_created_at=PUBLISHED,
            kind=work.kind,
            written_in=work.languages[0],
            date=work.date,
        )
        page.id = page.page_ptr_id = page.document_ptr_id = self.next_id
        self.next_id += 1
        self.pages[lang].append(page.pk)
        return page

    def fill(self, page: Document, work: Work, lang: str) -> None:
        chance = work.chance("text", lang)
        page.summary = " ".join(words.sentence(chance, lang) for _ in range(2))[:600]
        page.search_description = page.summary
        page.provenance_note = words.sentence(chance, lang)
        length = 600
        if work.kind == "IF":
            for section in FILE_SECTIONS:
                setattr(page, section, words.prose(chance, lang, 70))
            page.carried_by, page.place = chance.choice(words.ACTORS[lang]), name(work.number % 36 + 40)
            page.since = work.date.year
            length = 250
        elif work.kind in ("CS", "LJ"):
            for question in GRID_QUESTIONS:
                setattr(page, f"grid_{question}", words.prose(chance, lang, 60))
            length = 300
        if work.kind in ("LJ", "EV"):
            page.starts, page.ends = work.date, work.date + datetime.timedelta(days=2)
        if work.kind == "CI":
            page.deadline_date = work.date
        page.body = json.dumps(list(self.body(chance, lang, length)))

    def body(self, chance: Random, lang: str, length: int) -> Iterator[dict]:
        """Stored blocks of about `length` words."""

        def block(kind: str, value) -> dict:
            return {"type": kind, "value": value, "id": str(uuid.UUID(int=chance.getrandbits(128)))}

        def items(values) -> list[dict]:
            return [block("item", value) for value in values]

        others = self.pages[lang]
        for part in range(max(1, length // 150)):
            yield block("heading", chance.choice(words.SUBJECTS[lang]))
            yield block("text", words.prose(chance, lang, 140, link=chance.choice(others)))
            if part == 0:
                figures = [
                    {"value": str(chance.randint(2, 900)), "label": label}
                    for label in chance.sample(words.FIGURES[lang], 3)
                ]
                yield block("key_figures", items(figures))
            if part == 1:
                quoted = {"text": words.sentence(chance, lang), "source": words.SOURCES[lang], "language": ""}
                yield block("quotation", quoted)
        lesson = {"kind": "lesson", "title": "", "text": words.prose(chance, lang, 40)}
        yield block("callout", lesson)
        yield block("documents", items(chance.sample(others, min(2, len(others)))))

    def link(self, made: list[tuple[Work, str, Document]]) -> None:
        """Themes, territories, people …: the same for all languages of a work."""
        rows: dict[type, list] = {model: [] for model in LINKS}
        themes, collections = Document.themes.through, Document.collections.through
        originals = {work.number: page.pk for work, lang, page in made if lang == work.languages[0]}
        targets = list(originals.values())
        for work, _lang, page in made:
            chance, lang = work.chance("links"), work.languages[0]
            pk = page.pk
            for theme in chance.sample(self.entries.themes[lang], chance.randint(1, 4)):
                rows[themes].append(themes(document_id=pk, theme_id=theme))
            for collection in chance.sample(self.collections[lang], chance.randint(0, 2)):
                rows[collections].append(collections(document_id=pk, collection_id=collection))
            for order, territory in enumerate(
                chance.sample(self.entries.territories[lang], chance.randint(1, 3))
            ):
                rows[DocumentTerritory].append(
                    DocumentTerritory(document_id=pk, territory_id=territory, sort_order=order)
                )
            for order, person in enumerate(chance.sample(self.entries.people[lang], chance.randint(1, 3))):
                part = AUTHORSHIP[0] if order == 0 else chance.choice(CONTRIBUTOR_PARTS)[0]
                rows[DocumentContributor].append(
                    DocumentContributor(document_id=pk, person_id=person, part=part, sort_order=order)
                )
            for order, body in enumerate(
                chance.sample(self.entries.organisations[lang], chance.randint(1, 2))
            ):
                part = chance.choice(ORGANISATION_PARTS)[0]
                rows[DocumentOrganisation].append(
                    DocumentOrganisation(document_id=pk, organisation_id=body, part=part, sort_order=order)
                )
            for order, entry in enumerate(chance.sample(self.entries.works, chance.randint(0, 3))):
                rows[DocumentReference].append(
                    DocumentReference(document_id=pk, entry_id=entry, sort_order=order)
                )
            for order, target in enumerate(chance.sample(targets, min(len(targets), chance.randint(0, 3)))):
                if target != originals[work.number]:
                    kind = chance.choice(list(RELATIONS))
                    rows[DocumentRelation].append(
                        DocumentRelation(source_id=pk, target_id=target, kind=kind, sort_order=order)
                    )
        for model, objects in rows.items():
            model.objects.bulk_create(objects, batch_size=500)


LINKS = (
    Document.themes.through,
    Document.collections.through,
    DocumentTerritory,
    DocumentContributor,
    DocumentOrganisation,
    DocumentReference,
    DocumentRelation,
)


def insert(model: type[Page], pages: list[Document]) -> None:
    """Write the pages' rows of `model`'s own table only."""
    fields = model._meta.local_concrete_fields
    size = connection.ops.bulk_batch_size(fields, pages) or 1
    for start in range(0, len(pages), min(size, 100)):
        model._base_manager._insert(
            pages[start : start + min(size, 100)], fields=fields, using=connection.alias
        )


def last_step(parent: Page) -> int:
    """The number, within its parent, of the last child's place in the tree; 0 without children."""
    last = parent.get_children().order_by("path").last()
    return Page._str2int(last.path[-Page.steplen :]) if last else 0


def give_codes(works: list[Work]) -> None:
    last: dict[tuple[str, int], int] = {}
    codes = []
    for work in works:
        slot = (work.kind, work.date.year)
        if slot not in last:
            series, _created = ReferenceSeries.objects.get_or_create(kind=work.kind, year=work.date.year)
            last[slot] = series.last_number
        last[slot] += 1
        codes.append(ReferenceCode(code=format_code(*slot, last[slot]), translation_key=work.key))
    ReferenceCode.objects.bulk_create(codes)
    for (kind, year), number in last.items():
        ReferenceSeries.objects.filter(kind=kind, year=year).update(last_number=number)


def reset_sequences() -> None:
    """Ids were given here: PostgreSQL's own counter follows."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page]):
            cursor.execute(statement)
