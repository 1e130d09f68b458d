"""Pages that editors put before all results of certain words (Wagtail's promoted search results)."""

from collections.abc import Mapping
from typing import NamedTuple

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from cms.core.addresses import tree_address
from cms.core.languages import direction
from cms.core.page_cache.stamp import kept_until_change
from cms.core.visibility import visible_pages
from search.analysis import compared
from search.asking import Query


class Pick(NamedTuple):
    page: int | None
    url: str
    text: str
    description: str


class Promoted(NamedTuple):
    title: str
    url: str
    description: str
    lang: str  # "" where it is the reader's
    dir: str


@kept_until_change
def picks() -> Mapping[str, list[Pick]]:
    """By the words as they are compared. One query, and none until the site changes."""
    found: dict[str, list[Pick]] = {}
    rows = SearchPromotion.objects.order_by("sort_order", "pk").values_list(
        "query__query_string", "page_id", "external_link_url", "external_link_text", "description"
    )
    for words, page, url, text, description in rows:
        found.setdefault(compared(words), []).append(Pick(page, url, text or "", description))
    return found


def promoted(query: Query, language: str) -> list[Promoted]:
    """For these very words. Pages in the reader's language where they are. No query until the site changes."""
    found = []
    for pick in picks().get(compared(query.text), []):
        if pick.page is None:
            found.append(Promoted(pick.text or pick.url, pick.url, pick.description, "", ""))
        elif own := pages().get(pick.page):
            title, url, lang = own.get(language) or own[""]
            foreign = "" if lang == language else lang
            found.append(Promoted(title, url, pick.description, foreign, direction(foreign)))
    return found


class Version(NamedTuple):
    """A page as it is in one language."""

    title: str
    url: str
    language: str


@kept_until_change
def pages() -> Mapping[int, Mapping[str, Version]]:
    """Of each page that is promoted, its versions by language, itself by "". What not everybody may see is not there,
    nor promoted. One query, where there are any, and none until the site changes.
    """
    wanted = {pick.page for chosen in picks().values() for pick in chosen if pick.page}
    if not wanted:
        return {}
    works = SearchPromotion.objects.exclude(page=None).values("page__translation_key")
    rows = visible_pages(Page.objects.filter(translation_key__in=works, alias_of=None), None)
    by_work: dict[object, dict[str, Version]] = {}
    own: dict[int, tuple[object, Version]] = {}
    for pk, work, title, url_path, code in rows.order_by().values_list(
        "pk", "translation_key", "title", "url_path", "locale__language_code"
    ):
        version = Version(title, tree_address(code, url_path), code)
        by_work.setdefault(work, {})[code] = version
        own[pk] = work, version
    return {pk: {**by_work[work], "": version} for pk, (work, version) in own.items() if pk in wanted}
