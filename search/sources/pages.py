"""Documents, collections and plain pages: those that anybody may see. What stands under a restriction is not found."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from cms.core.addresses import tree_address
from cms.core.dates import written_date
from cms.core.visibility import visible_pages
from cms.taxonomy.models import Organisation, Person
from cms.taxonomy.queries import TreeRow, tree_rows
from cms.wiki.kinds import models_with_kinds
from initiatives.models import (
    Document,
    DocumentContributor,
    DocumentOrganisation,
    DocumentTerritory,
    ReferenceCode,
)
from initiatives.queries.collections import collection_pages, facet_key, public_collections
from search.engines import LIBRARY
from search.registry import Made, Shown
from search.sources.attached import AttachedTexts
from search.sources.texts import text_fields, text_rows, words_of

NOT_FOUND = ("home",)  # kinds of pages that are no text of their own
SAID_ELSEWHERE = ("summary", "lead_image_alt", "written_in", "kind")
# Rows that only name others, or that are shown as something else.
ONLY_NAMES = ("contributors", "organisations", "territories", "references", "relations", "countries")


def page_models() -> dict[type[Page], str]:
    """Types of pages that can be found, and their kind: "if" …, "collection", "page"."""
    return {model: kind.key for model, kind in models_with_kinds().items() if kind.key not in NOT_FOUND}


def kind_names() -> dict[str, str]:
    return {
        kind.key: capfirst(str(kind.name))
        for kind in models_with_kinds().values()
        if kind.key not in NOT_FOUND
    }


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class PageSource:
    name = "page"

    def lock(self, pks: Sequence[int]) -> None:
        list(Page.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk").values_list("pk"))

    def keys(self) -> Iterator[int]:
        pages = Page.objects.filter(alias_of=None).type(*page_models()).order_by("pk")
        return pages.values_list("pk", flat=True).iterator(chunk_size=2000)

    def made(self, pks: Sequence[int]) -> Iterator[Made]:
        """At most 9 queries, and some for each type of page among them."""
        pages = public_pages().filter(pk__in=pks, alias_of=None)
        known = set(pages.order_by().values_list("pk", flat=True))
        if not known:
            return
        filed = Filed(known)
        attached = AttachedTexts()
        model: Any
        for model, kind in page_models().items():
            pages = model._default_manager.filter(pk__in=known).select_related("locale").order_by("pk")
            # Rows of the text come along only where the type has any.
            rows = [name for name, _fields in text_rows(model, ONLY_NAMES)]
            found = list(pages.prefetch_related(*rows))
            attached.load(found, rows)
            for page in found:
                yield self._made(page, kind, filed, attached)

    def _made(self, page: Any, kind: str, filed: "Filed", attached: AttachedTexts) -> Made:
        language = page.locale.language_code
        day = day_of(page)
        moment = datetime.combine(day, time(), UTC) if day else page.first_published_at
        parts = list(words_of(page, text_fields(page.__class__, SAID_ELSEWHERE)))
        for relation, fields in text_rows(page.__class__, ONLY_NAMES):
            for row in getattr(page, relation).all():
                parts += words_of(row, fields)
        return Made(
            pk=page.pk,
            section=LIBRARY,
            kind=kind,
            language=language,
            work=page.translation_key.hex,
            moment=moment or EPOCH,
            title=page.title,
            archived=filed.archived(page.pk),
            until=page.expire_at,
            facets={
                "type": [kind],
                "theme": filed.themes[page.pk],
                "territory": filed.territories[page.pk],
                "language": [language],
                "year": [f"{day.year:04d}" if day else "unknown"] if isinstance(page, Document) else [],
                "collection": filed.collections[page.pk],
            },
            code=filed.codes.get(page.translation_key, ""),
            names="\n".join(filed.names(page.pk, language)),
            summary=getattr(page, "summary", ""),
            body="\n".join(parts),
            files=attached.text(page),
            unread=attached.unread(page),
        )

    def shown(self, pks: Sequence[int]) -> dict[int, Shown]:
        """Those of `pks` that may be shown, to whoever asks. One query."""
        # Nobody finds what only some may see: see `made`.
        pages = visible_pages(Page.objects.filter(pk__in=pks), None).order_by()
        names = kind_names()
        rows = pages.values_list(
            "pk",
            "title",
            "url_path",
            "locale__language_code",
            "document__kind",
            "document__date",
            "document__date_precision",
            "collection__pk",
        )
        return {
            pk: Shown(
                url=tree_address(lang, url_path),
                title=title,
                label=names.get((kind or ("collection" if collection else "page")).lower(), ""),
                setting=written_date(day, precision) if day else "",
            )
            for pk, title, url_path, lang, kind, day, precision, collection in rows
        }


def public_pages() -> PageQuerySet:
    """Live pages that no view restriction keeps from anybody, as the database has them at this moment.

    In all languages: those that are not open keep their entries, whether one is open is asked with the query. And
    asked of the database itself: what is kept until a change may be older than the rows that are locked.
    """
    hidden = Q(pk__in=[])
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        hidden |= Q(path__startswith=path)
    return Page.objects.live().exclude(hidden)


def day_of(page: Any) -> date | None:
    """What places it in time: the date it bears, else when it took place."""
    known = getattr(page, "date", None) if getattr(page, "date_precision", "") != "unknown" else None
    return known or getattr(page, "starts", None)


class Filed:
    """What some pages are filed under: keys as addresses have them, with those above; names in each language."""

    def __init__(self, pks: set[int]) -> None:
        self._trees = {name: places(rows) for name, rows in tree_rows().items()}
        self.themes: dict[int, list[str]] = defaultdict(list)
        self.territories: dict[int, list[str]] = defaultdict(list)
        self.collections: dict[int, list[str]] = defaultdict(list)
        self._rows: dict[int, list[tuple[str, int]]] = defaultdict(list)  # page → (tree, row)
        self._people: dict[int, list[str]] = defaultdict(list)
        self._live: dict[int, list[bool]] = defaultdict(list)  # page → whether each of its collections is
        self._load_tree("theme", self.themes, Document.themes.through, "theme_id", pks)
        self._load_tree("territory", self.territories, DocumentTerritory, "territory_id", pks)
        self._load_collections(pks)
        self._load_people(pks)
        works = Page.objects.filter(pk__in=pks).values("translation_key")
        codes = ReferenceCode.objects.filter(translation_key__in=works)
        self.codes = dict(codes.values_list("translation_key", "code"))

    def _load_tree(self, name: str, found: dict, through: Any, target: str, pks: set[int]) -> None:
        above = self._trees[name]
        for page, row in (
            through.objects.filter(document_id__in=pks).order_by().values_list("document_id", target)
        ):
            if row in above:
                found[page] += above[row].keys
                self._rows[page].append((name, row))

    def _load_collections(self, pks: set[int]) -> None:
        public = public_collections()
        keys = {key: facet_key(versions) for key, versions in public.items()}
        rows = {row.pk: row for row in collection_pages()}
        links = Document.collections.through.objects.filter(document_id__in=pks).order_by()
        for page, collection in links.values_list("document_id", "collection_id"):
            row = rows.get(collection)
            if row is not None:
                self._live[page].append(row.key in keys)
                if row.key in keys:
                    self.collections[page].append(keys[row.key])

    def _load_people(self, pks: set[int]) -> None:
        for through, target, model in (
            (DocumentContributor, "person", Person),
            (DocumentOrganisation, "organisation", Organisation),
        ):
            links = through.objects.filter(document_id__in=pks).order_by("document_id", "sort_order")
            pairs = list(links.values_list("document_id", f"{target}_id"))
            entries = model.objects.visible_to(None).filter(pk__in={pk for _page, pk in pairs})
            extra = ("acronym",) if model is Organisation else ()
            names = {
                row[0]: " ".join(filter(None, row[1:])) for row in entries.values_list("pk", "name", *extra)
            }
            for page, pk in pairs:
                if pk in names:
                    self._people[page].append(names[pk])

    def archived(self, page: int) -> bool:
        """Whether all collections it stands in have been taken down."""
        return bool(self._live[page]) and not any(self._live[page])

    def names(self, page: int, language: str) -> list[str]:
        found = [*self._people[page]]
        for name, row in self._rows[page]:
            found.append(self._trees[name][row].label(language))
        return list(dict.fromkeys(filter(None, found)))


class Place:
    """A theme or a territory, with what is above it."""

    def __init__(self, keys: list[str], labels: dict[str, str]) -> None:
        self.keys = keys  # its own and those above it
        self.labels = labels  # by language

    def label(self, language: str) -> str:
        return self.labels.get(language) or next(iter(self.labels.values()), "")


def places(rows: list[TreeRow]) -> dict[int, Place]:
    """By id of a row, in whatever language; only what is public."""
    by_pk = {row.pk: row for row in rows}
    first: dict[Any, TreeRow] = {}
    labels: dict[Any, dict[str, str]] = defaultdict(dict)
    for row in rows:
        if row.live:
            first.setdefault(row.key, row)
            labels[row.key][row.language] = row.name
    found = {}
    for row in rows:
        if row.key not in first:
            continue
        keys: list[str] = []
        at: TreeRow | None = first[row.key]
        while at is not None and at.key in first and at.slug not in keys:
            keys.append(at.slug)
            at = by_pk.get(at.parent) if at.parent else None
        found[row.pk] = Place(keys, labels[row.key])
    return found
