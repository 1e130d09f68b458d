"""Which documents refer to a shared entry: what the pages of entries ask, answered from above them.

`register()` is called once, when the app is ready. Lists count works from the links of all documents, kept
until the site changes; a page reads the links of its own entry.
"""

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import CharField, F, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import kept_until_change
from cms.core.referrers import Referrals, identity, register_referrers
from cms.reference.models import BibliographyEntry, GlossaryTerm
from cms.taxonomy.models import Organisation, Person, Territory, Theme
from cms.taxonomy.queries import parents as tree_parents
from initiatives.cards import cards
from initiatives.models import (
    CallForInterest,
    Contribution,
    Document,
    DocumentContributor,
    DocumentOrganisation,
    DocumentReference,
    DocumentTerritory,
    Event,
    EventCountry,
    JourneyCountry,
    LearningJourney,
    NationalCase,
)
from initiatives.models.initiative_file import SECTIONS
from initiatives.queries.catalogue import catalogue, summaries
from initiatives.rules import CONTRIBUTOR_PARTS, ORGANISATION_PARTS


@dataclass(frozen=True, slots=True)
class LinkKind:
    """A way in which documents point to an entry: `document` and `entry` are columns of `model`.

    How the entry stands in the document is said by the column `said`, or is always `part`.
    """

    model: type[Model]
    entry: str
    document: str = "document_id"
    part: str = ""
    said: str = ""


LINKS: dict[type[Model], tuple[LinkKind, ...]] = {
    Person: (
        LinkKind(DocumentContributor, "person", said="part"),
        LinkKind(Contribution, "person", "event_id", part="contribution"),
    ),
    Organisation: (
        LinkKind(DocumentOrganisation, "organisation", said="part"),
        LinkKind(LearningJourney, "host_organisation", "pk", part="host"),
        LinkKind(CallForInterest, "issuer", "pk", part="issuer"),
    ),
    Territory: (
        LinkKind(DocumentTerritory, "territory"),
        LinkKind(Event, "venue_territory", "pk", part="venue"),
        LinkKind(LearningJourney, "host_territory", "pk", part="visited"),
        LinkKind(EventCountry, "territory", "event_id", part="country"),
        LinkKind(JourneyCountry, "territory", "journey_id", part="country"),
        LinkKind(NationalCase, "territory", "event_id", part="case"),
    ),
    Theme: (LinkKind(Document.themes.through, "theme"),),
    BibliographyEntry: (LinkKind(DocumentReference, "entry"),),
}
TREES: dict[type[Model], str] = {Territory: "territory", Theme: "theme"}
PARTS = {
    **dict(CONTRIBUTOR_PARTS),
    **dict(ORGANISATION_PARTS),
    "contribution": gettext_lazy("contribution"),
    "venue": gettext_lazy("venue"),
    "visited": gettext_lazy("visited"),
    "country": gettext_lazy("participants came from there"),
    "case": gettext_lazy("national case"),
}
MANY = 500  # more keys than this are compared here, not in the database
SHORTEST_FORM = 4  # letters; shorter forms of a term (CS, AP) stand inside other words


def register() -> None:
    """Tell the entries' pages and lists who knows what refers to them."""
    for model in LINKS:
        register_referrers(model, linked_documents, partial(work_counts, model))
    register_referrers(GlossaryTerm, documents_using)


# --- Counting, for lists ------------------------------------------------------------------------


def work_counts(model: type[Model]) -> Mapping[Hashable, int]:
    """How many public works refer to each entry of `model`; in a tree, also to what lies in it."""
    kept = _kept_counts()
    if model not in kept:
        kept[model] = {key: bits.bit_count() for key, bits in _works_by_entry(model).items()}
    return kept[model]


@kept_until_change
def _kept_counts() -> dict[type[Model], dict[Hashable, int]]:
    return {}


def _works_by_entry(model: type[Model]) -> dict[Hashable, int]:
    """For each entry an int whose bit i says that the work of rank i refers to it."""
    rank_of_page = catalogue().rank_of_page
    works: dict[Hashable, int] = defaultdict(int)
    for page_id, key, _part in _all_links(model):
        if page_id in rank_of_page:
            works[key] |= 1 << rank_of_page[page_id]
    if model not in TREES:
        return works
    parents = tree_parents(TREES[model])
    whole = defaultdict(int, works)
    for key, bits in works.items():
        for above in _above(parents, key):
            whole[above] |= bits
    return whole


def _above(parents: Mapping[Any, Any], key: Hashable) -> list[Hashable]:
    """What `key` lies in, nearest first. A circle ends where it closes."""
    found: list[Hashable] = []
    seen = {key}
    while parents.get(key) is not None and parents[key] not in seen:
        key = parents[key]
        seen.add(key)
        found.append(key)
    return found


def _all_links(model: type[Model], keys: Iterable[Hashable] | None = None) -> QuerySet:
    """(page id, identity of the entry, part) of all links to entries of `model`, or to those with `keys`."""
    parts = []
    for kind in LINKS[model]:
        entry = f"{kind.entry}_id" if model is BibliographyEntry else f"{kind.entry}__translation_key"
        rows = kind.model._base_manager.order_by().exclude(**{kind.entry: None})
        if keys is not None:
            rows = rows.filter(**{f"{entry}__in": keys})
        said = Cast(F(kind.said), CharField()) if kind.said else Value(kind.part, CharField())
        parts.append(rows.values_list(F(kind.document), F(entry), said))
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


# --- The page of one entry ----------------------------------------------------------------------


def linked_documents(entry: Any, language: str, start: int, stop: int) -> list[Referrals]:
    """The works that refer to `entry`, newest first, each with the part the entry has in it."""
    model = type(entry)
    keys = {identity(entry)}
    if model in TREES:
        parents = tree_parents(TREES[model])
        keys |= {key for key in parents if identity(entry) in _above(parents, key)}
    parts: dict[int, dict[str, None]] = defaultdict(dict)
    rank_of_page = catalogue().rank_of_page
    for page_id, key, part in _all_links(model, keys if len(keys) <= MANY else None):
        if key in keys and page_id in rank_of_page:
            parts[rank_of_page[page_id]][part] = None
    facet = TREES.get(model)  # trees are facets of the library, under the same name
    more = f"{reverse('initiatives:library')}?{urlencode({facet: entry.slug})}" if facet else ""
    return [_group(sorted(parts), language, start, stop, parts, more)]


def documents_using(term: Any, language: str, start: int, stop: int) -> list[Referrals]:
    """The works in whose words the term stands: each page is asked for the forms of its own language."""
    asked = Q(pk__in=[])
    for row in GlossaryTerm.objects.visible_to(None).filter(
        translation_key=term.translation_key, locale__language_code__in=open_language_codes()
    ):
        words = Q(pk__in=[])
        for form in _shortest_forms([row.term, *row.variant_list]):
            for column in ("title", "summary", *(f"initiativefile__{name}" for name in SECTIONS)):
                words |= Q(**{f"{column}__icontains": form})
            words |= Q(stored_body__icontains=_as_stored(form))
        asked |= Q(locale=row.locale_id) & words
    pages = (
        Document.objects.visible_to(None)
        .annotate(stored_body=Cast("body", TextField()))
        .filter(asked)
        .order_by()
        .values_list("pk", flat=True)
    )
    rank_of_page = catalogue().rank_of_page
    ranks = sorted({rank_of_page[pk] for pk in pages if pk in rank_of_page})
    return [_group(ranks, language, start, stop, {}, heading=_("Documents that use it"))]


def _shortest_forms(forms: Iterable[str]) -> list[str]:
    """The forms worth looking for: long enough, and without those that contain another one."""
    long_enough = [form.strip() for form in forms if len(form.strip()) >= SHORTEST_FORM]
    folded = [form.casefold() for form in long_enough]
    return [
        form
        for form, mine in zip(long_enough, folded, strict=True)
        if not any(other != mine and other in mine for other in folded)
    ]


def _as_stored(form: str) -> str:
    """The text as it stands in stored JSON: SQLite keeps what was written, where `é` is `\\u00e9`."""
    return json.dumps(form, ensure_ascii=connection.vendor == "sqlite")[1:-1]


def _group(
    ranks: list[int],
    language: str,
    start: int,
    stop: int,
    parts: Mapping[int, Mapping[str, None]],
    more: str = "",
    heading: str = "",
) -> Referrals:
    known = catalogue()
    chosen = ranks[start:stop]
    works = [known.works[rank] for rank in chosen]
    texts = summaries([work.version(language).page_id for work in works]) if works else {}
    found = cards(known, works, language, open_language_codes(), texts)
    for card, rank in zip(found, chosen, strict=True):
        card["part"] = ", ".join(str(PARTS.get(part, part)) for part in parts.get(rank, {}) if part)
    return Referrals(
        "documents",
        heading or _("Documents"),
        len(ranks),
        found,
        more_url=more,
        more_label=_("See them in the library") if more else "",
    )
