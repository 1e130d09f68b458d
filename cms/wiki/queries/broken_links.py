"""Links on public pages that lead to no public page: for editors, who see the titles of drafts."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from wagtail.models import Page

from cms.core.page_cache.stamp import kept_until_change
from cms.core.visibility import visible_pages
from cms.wiki.models import PublishedRevision
from cms.wiki.queries.links import references_between_pages

CHUNK = 500
# In a text within JSON, or in a body's JSON within JSON: quotation marks stand behind backslashes.
_LINK = re.compile(r"<a\s[^>]*>")
_TO_PAGE = re.compile(r'linktype=\\*"page\\*"')
_ID = re.compile(r'\bid=\\*"(\d{1,18})\\*"')


@dataclass(frozen=True, slots=True, order=True)
class Broken:
    title: str  # of the page that holds the link
    page_id: int
    language: str
    url_path: str
    target: int
    target_title: str  # "" for a page that does not exist any more
    in_text: bool  # else in a field


@kept_until_change
def broken_links() -> tuple[Broken, ...]:
    """All of them, by the title of the page. A few queries, and one for each 500 targets."""
    found = {(source, target): in_text for source, target, in_text in _indexed()}
    found |= {pair: True for pair in _written() if pair not in found}
    targets = _pages({target for _source, target in found})
    shown = _public(targets)
    sources = _pages({source for source, _target in found})
    broken = []
    for (source, target), in_text in found.items():
        leads_to = targets.get(target)
        if source not in sources or (leads_to and (leads_to.pk in shown.ids)):
            continue
        # A field names a work: any of its languages will do.
        if leads_to and not in_text and leads_to.work in shown.works:
            continue
        page = sources[source]
        title = leads_to.title if leads_to else ""
        broken.append(Broken(page.title, page.pk, page.language, page.url_path, target, title, in_text))
    return tuple(sorted(broken))


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    title: str
    work: UUID
    language: str
    url_path: str


@dataclass(frozen=True, slots=True)
class _Shown:
    ids: set[int]
    works: set[UUID]


def _indexed() -> Iterator[tuple[int, int, bool]]:
    """References of public pages to pages that are not public, or are not there."""
    public = visible_pages(Page.objects.all(), None).order_by().values("pk")
    rows = references_between_pages().filter(source__in=public).exclude(target__in=public)
    for source, target, path, type_id in rows.values_list(
        "source", "target", "model_path", "content_type_id"
    ):
        yield source, target, _in_text(type_id, path)


def _in_text(type_id: int, path: str) -> bool:
    model = ContentType.objects.get_for_id(type_id).model_class()
    try:
        return model is not None and not model._meta.get_field(path.partition(".")[0]).is_relation
    except FieldDoesNotExist:
        return True


def _written() -> Iterator[tuple[int, int]]:
    """Links in the texts of public pages. Wagtail's index forgets those to a page that is deleted."""
    newest = PublishedRevision.objects.filter(page_id=OuterRef("page_id")).order_by("-number")
    rows = (
        PublishedRevision.objects.visible_to(None)
        .filter(pk=Subquery(newest.values("pk")[:1]))
        .annotate(as_text=Cast("content", TextField()))
        .filter(as_text__contains="linktype")
        .values_list("page_id", "content")
    )
    for page_id, content in rows.iterator(chunk_size=CHUNK):
        for target in links_in(content):
            yield page_id, target


def links_in(content: dict) -> set[int]:
    """Ids of the pages that the texts of a page link to."""
    found = set()
    for link in _LINK.findall(json.dumps(content)):
        target = _ID.search(link)
        if target and _TO_PAGE.search(link):
            found.add(int(target[1]))
    return found


def _pages(ids: Iterable[int]) -> dict[int, _Row]:
    return {
        row[0]: _Row(*row)
        for some in _chunks(ids)
        for row in Page.objects.filter(pk__in=some, depth__gt=1).values_list(
            "pk", "draft_title", "translation_key", "locale__language_code", "url_path"
        )
    }


def _public(targets: dict[int, _Row]) -> _Shown:
    ids: set[int] = set()
    works: set[UUID] = set()
    for some in _chunks({row.work for row in targets.values()}):
        rows = visible_pages(Page.objects.all(), None).filter(translation_key__in=some)
        for pk, work in rows.values_list("pk", "translation_key"):
            ids.add(pk)
            works.add(work)
    return _Shown(ids, works)


def _chunks(values: Iterable) -> Iterator[list]:
    rest = list(values)
    for start in range(0, len(rest), CHUNK):
        yield rest[start : start + CHUNK]
