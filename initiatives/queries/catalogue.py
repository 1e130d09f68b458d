"""Loading the catalogue: a fixed number of queries, whatever the size of the library."""

import gc
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.db.models import BooleanField, Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from cms.core.addresses import tree_address
from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import kept_until_change
from cms.taxonomy.models import Territory
from cms.taxonomy.queries import TreeRow, tree_rows
from initiatives.catalogue import Catalogue, Entry, Version, Work, build
from initiatives.models import Document, DocumentTerritory, LibraryPage, ReferenceCode
from initiatives.queries.collections import collection_pages, facet_key, public_collections
from initiatives.rules import GRID_QUESTIONS, KINDS

GRID_MODELS = ("casestudy", "learningjourney")
HAS_GRID = Case(
    When(
        Q(
            *((f"{model}__grid_{key}__gt", "") for model in GRID_MODELS for key in GRID_QUESTIONS),
            _connector=Q.OR,
        ),
        then=Value(True),
    ),
    default=Value(False),
    output_field=BooleanField(),
)
COLUMNS = (
    "pk",
    "work_key",
    "locale__language_code",
    "title",
    "url_path",
    "kind",
    "written_in",
    "date",
    "date_precision",
    "event__starts",
    "event__ends",
    "learningjourney__starts",
    "learningjourney__ends",
    "initiativefile__latitude",
    "initiativefile__longitude",
    "answers_grid",
    "code",
    "published",
)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """While very many objects are made that all stay, looking for garbage among them is a third of the work."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@kept_until_change
@collector_at_rest()
def catalogue() -> Catalogue:
    """All public works. Kept in this process until something shown changes. 4 queries, 2 of them kept for others."""
    themes, theme_keys = _load_tree("theme")
    territories, territory_keys = _load_tree("territory")
    collections, collection_keys = _load_collections()
    links = _load_links({"themes": theme_keys, "territories": territory_keys, "collections": collection_keys})
    return build(
        _load_works(links),
        {
            "type": [Entry(code.lower(), {"": code}) for code in KINDS],
            "theme": themes,
            "territory": territories,
            "language": [
                Entry(code, {code: settings.LANGUAGE_NAMES[code]}) for code in open_language_codes()
            ],
            "collection": collections,
        },
    )


def as_text(name: str) -> Cast:
    """A key or a moment as the database writes it, to be compared only: converting them all takes a while."""
    return Cast(name, CharField())


def _load_works(links: dict[str, dict[int, list[str]]]) -> list[Work]:
    code = ReferenceCode.objects.filter(translation_key=OuterRef("translation_key")).values("code")[:1]
    rows = (
        Document.objects.visible_to(None)
        .filter(alias_of__isnull=True)
        .annotate(
            work_key=as_text("translation_key"),
            answers_grid=HAS_GRID,
            code=Subquery(code),
            published=as_text("first_published_at"),
        )
        .order_by("pk")
        .values_list(*COLUMNS)
    )
    by_work: dict[object, list[tuple]] = defaultdict(list)
    for row in rows:
        by_work[row[1]].append(row)
    return [_work(versions, links) for versions in by_work.values()]


def _work(rows: list[tuple], links: dict[str, dict[int, list[str]]]) -> Work:
    # What a work's pages share is synchronised from the original: ask it first.
    rows.sort(key=lambda row: row[2] != row[6])
    first = rows[0]
    ids = [row[0] for row in rows]
    latitude, longitude = first[13], first[14]
    named = {
        name: tuple(dict.fromkeys(key for pk in ids for key in link.get(pk, ())))
        for name, link in links.items()
    }
    return Work(
        key=first[1],
        kind=first[5].lower(),
        original=first[6] or first[2],
        versions={row[2]: Version(row[0], row[2], row[3], tree_address(row[2], row[4])) for row in rows},
        code=first[16] or "",
        date=first[7],
        date_precision=first[8],
        starts=first[9] or first[11],
        ends=first[10] or first[12],
        point=(latitude, longitude) if latitude is not None and longitude is not None else None,
        has_grid=any(row[15] for row in rows),
        published=max(row[17] or "" for row in rows)[:10],
        **named,
    )


def _load_links(keys: dict[str, dict[int, str]]) -> dict[str, dict[int, list[str]]]:
    """Facet → page id → keys, in the order in which the document names them. One query for all three.

    It reads the links only; what they lead to is known already, in `keys` (by facet and id of the row).
    """
    parts = [
        _rows("themes", Document.themes.through, "theme_id", F("theme__order")),
        _rows("territories", DocumentTerritory, "territory_id", Coalesce("sort_order", 0)),
        _rows("collections", Document.collections.through, "collection_id", Value(0)),
    ]
    found: dict[str, dict[int, list[str]]] = {name: defaultdict(list) for name in keys}
    for name, page_id, _order, _pk, target in sorted(parts[0].union(*parts[1:], all=True)):
        if target in keys[name]:
            found[name][page_id].append(keys[name][target])
    return found


def _rows(name: str, model, target: str, order) -> QuerySet:
    # A part of a union cannot have an order of its own.
    return model.objects.order_by().values_list(Value(name, CharField()), "document_id", order, "pk", target)


def _load_tree(section: str) -> tuple[list[Entry], dict[int, str]]:
    """Entries of a tree, one per meaning, and the key in addresses by id of each of their rows."""
    rows = tree_rows()[section]
    first: dict[UUID, TreeRow] = {}
    labels: dict[UUID, dict[str, str]] = {}
    for row in rows:
        if row.live:
            first.setdefault(row.key, row)
            labels.setdefault(row.key, {})[row.language] = row.name
    keys = {row.pk: first[row.key].slug for row in rows if row.key in first}
    return [
        Entry(
            key=row.slug,
            labels=labels[key],
            parent=keys.get(row.parent) if row.parent else None,
            point=(row.latitude, row.longitude)
            if row.latitude is not None and row.longitude is not None
            else None,
            is_country=row.kind == Territory.Kind.COUNTRY,
        )
        for key, row in first.items()
    ], keys


def _load_collections() -> tuple[list[Entry], dict[int, str]]:
    """Collections, one per meaning, and the key in addresses by id of each of their pages."""
    public = public_collections()
    slugs = {key: facet_key(versions) for key, versions in public.items()}
    entries = [
        Entry(slugs[key], {code: row.title for code, row in versions.items()})
        for key, versions in public.items()
    ]
    return entries, {row.pk: slugs[row.key] for row in collection_pages() if row.key in slugs}


@kept_until_change
def library_texts() -> dict[str, tuple[str, str]]:
    """(title, introduction as stored rich text) of the library page, by language."""
    return {
        lang: (title, introduction)
        for lang, title, introduction in LibraryPage.objects.visible_to(None).values_list(
            "locale__language_code", "title", "introduction"
        )
    }


def summaries(page_ids: list[int]) -> dict[int, str]:
    """Summaries by page, of pages that are public. 1 query."""
    return dict(Document.objects.filter(pk__in=page_ids).values_list("pk", "summary"))
