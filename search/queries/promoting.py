"""Pages that editors put before all results of certain words (Wagtail's promoted search results)."""

from collections.abc import Mapping
from typing import NamedTuple

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from cms.core.addresses import tree_address
from cms.core.languages import direction
from cms.core.page_cache.stamp import kept_until_change
from cms.core.visibility import visible_pages
from search.analysis import tidy, tokens
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


def compared(text: str) -> str:
    """Letter case, accents and signs make no difference."""
    return " ".join(token.folded for token in tokens(tidy(text)))


def promoted(query: Query, language: str) -> list[Promoted]:
    """For these very words. Pages in the reader's language where they are; one query, where there are any."""
    chosen = picks().get(compared(query.text), [])
    if not chosen:
        return []
    pages = _pages([pick.page for pick in chosen if pick.page], language)
    found = []
    for pick in chosen:
        if pick.page is None:
            found.append(Promoted(pick.text or pick.url, pick.url, pick.description, "", ""))
        elif pick.page in pages:
            title, url, lang = pages[pick.page]
            foreign = "" if lang == language else lang
            found.append(Promoted(title, url, pick.description, foreign, direction(foreign)))
    return found


def _pages(ids: list[int], language: str) -> dict[int, tuple[str, str, str]]:
    """(title, address, language) of the page each of `ids` leads to. What not everybody may see is not found, nor
    promoted."""
    works = Page.objects.filter(pk__in=ids).values("translation_key")
    rows = visible_pages(Page.objects.filter(translation_key__in=works, alias_of=None), None)
    by_work: dict[object, dict[str, tuple[str, str, str]]] = {}
    of_page: dict[int, object] = {}
    for pk, work, title, url_path, code in rows.order_by().values_list(
        "pk", "translation_key", "title", "url_path", "locale__language_code"
    ):
        of_page[pk] = work
        by_work.setdefault(work, {})[code] = (title, tree_address(code, url_path), code)
        by_work[work].setdefault(f"#{pk}", by_work[work][code])
    found = {}
    for pk in ids:
        versions = by_work.get(of_page.get(pk), {})
        if shown := versions.get(language) or versions.get(f"#{pk}"):
            found[pk] = shown
    return found
