"""Loading the catalogue: a fixed number of queries, whatever the size of the library."""

from collections import defaultdict

from django.conf import settings
from django.db.models import BooleanField, Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast

from cms.core.addresses import tree_address
from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import kept_until_change
from cms.taxonomy.models import Territory, Theme
from initiatives.catalogue import Catalogue, Entry, Version, Work, build
from initiatives.models import Collection, Document, DocumentTerritory, LibraryPage, ReferenceCode
from initiatives.queries.collections import facet_key
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
    "translation_key",
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
)


@kept_until_change
def catalogue() -> Catalogue:
    """All public works. Kept in this process until something shown changes."""
    themes, theme_keys = _load_tree(Theme.objects.visible_to(None).order_by("order", "name", "pk"))
    territories, territory_keys = _load_tree(Territory.objects.visible_to(None).order_by("name", "pk"))
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


def as_text(key: str) -> Cast:
    """A key as the database writes it, to be compared only: making UUIDs of all takes a while."""
    return Cast(key, CharField())


def _load_works(links: dict[str, dict[int, list[str]]]) -> list[Work]:
    code = ReferenceCode.objects.filter(translation_key=OuterRef("translation_key")).values("code")[:1]
    rows = (
        Document.objects.visible_to(None)
        .filter(alias_of__isnull=True)
        .annotate(answers_grid=HAS_GRID, code=Subquery(code))
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
        key=str(first[1]),
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
        **named,
    )


def _load_links(keys: dict[str, dict[str, str]]) -> dict[str, dict[int, list[str]]]:
    """Facet → page id → keys, in the order in which the document names them. One query for all three."""
    parts = [
        _rows("themes", Document.themes.through, "theme", F("theme__order")),
        _rows("territories", DocumentTerritory, "territory", F("sort_order")),
        _rows("collections", Document.collections.through, "collection", Value(0)),
    ]
    found: dict[str, dict[int, list[str]]] = {name: defaultdict(list) for name in keys}
    for name, page_id, translation_key, _order, _pk in sorted(
        parts[0].union(*parts[1:], all=True), key=lambda row: (row[1], row[3] or 0, row[4])
    ):
        if translation_key in keys[name]:
            found[name][page_id].append(keys[name][translation_key])
    return found


def _rows(name: str, model, target: str, order) -> QuerySet:
    # A part of a union cannot have an order of its own.
    return model.objects.order_by().values_list(
        Value(name, CharField()), "document_id", as_text(f"{target}__translation_key"), order, "pk"
    )


def _load_tree(entries) -> tuple[list[Entry], dict[str, str]]:
    """Entries of a tree, one per meaning, and the key in addresses by `translation_key`."""
    placed = entries.model is Territory
    columns: list = [
        as_text("translation_key"),
        "slug",
        "locale__language_code",
        "name",
        as_text("parent__translation_key"),
    ]
    if placed:
        columns += ["latitude", "longitude", "kind"]
    labels: dict[str, dict[str, str]] = {}
    rows: dict[str, tuple] = {}
    for row in entries.values_list(*columns):
        rows.setdefault(row[0], row)
        labels.setdefault(row[0], {})[row[2]] = row[3]
    keys = {translation_key: row[1] for translation_key, row in rows.items()}
    found = []
    for translation_key, row in rows.items():
        latitude, longitude, kind = row[5:8] if placed else (None, None, "")
        found.append(
            Entry(
                key=row[1],
                labels=labels[translation_key],
                parent=keys.get(row[4]),
                point=(latitude, longitude) if latitude is not None and longitude is not None else None,
                is_country=kind == Territory.Kind.COUNTRY,
            )
        )
    return found, keys


def _load_collections() -> tuple[list[Entry], dict[str, str]]:
    """Collections in their order, and the key in addresses by `translation_key`."""
    rows = (
        Collection.objects.visible_to(None)
        .filter(alias_of__isnull=True)
        .order_by("order", "pk")
        .values_list(as_text("translation_key"), "slug", "locale__language_code", "title")
    )
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    slugs: dict[str, dict[str, str]] = defaultdict(dict)
    for translation_key, slug, lang, title in rows:
        labels[translation_key][lang] = title
        slugs[translation_key][lang] = slug
    keys = {translation_key: facet_key(found) for translation_key, found in slugs.items()}
    return [Entry(keys[key], labels[key]) for key in labels], keys


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
