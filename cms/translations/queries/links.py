"""Where the links of a text lead, in its own language and in the one it is translated into."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.documents import get_document_model
from wagtail.models import Locale, Page

from cms.core.visibility import visible_pages


@dataclass(frozen=True, slots=True)
class LinkShown:
    name: str  # "a1": its id in the segment
    number: int  # as people count them, from 1
    leads_to: str  # an address, or the title of a page or file
    address: str  # "" where nothing can be opened
    twin: str  # title of the page in the language of the translation, where the link goes by itself
    is_page: bool
    changeable: bool  # another address can be put in its place
    chosen: str  # the address that was, "" for the source's own


class Destinations:
    """The pages that links name, where everybody may see them, and the files; read in at most three queries."""

    def __init__(self, attributes: Iterable[Mapping[str, str]], locale: Locale):
        given = list(attributes)
        pages = _ids(given, "page")
        self.pages: dict[str, Any] = {}
        self.twins: dict[Any, Any] = {}
        self.files: dict[str, str] = {}
        if pages:
            seen = visible_pages(Page.objects.all(), None)
            found = seen.filter(pk__in=pages).only("title", "translation_key")
            self.pages = {str(page.pk): page for page in found}
            keys = [page.translation_key for page in self.pages.values()]
            twins = seen.filter(translation_key__in=keys, locale=locale)
            self.twins = {twin.translation_key: twin for twin in twins.only("title", "translation_key")}
        if files := _ids(given, "document"):
            rows = get_document_model().objects.filter(pk__in=files)
            self.files = {str(pk): title for pk, title in rows.values_list("pk", "title")}

    def link(self, name: str, number: int, attrs: Mapping[str, str], chosen: str) -> LinkShown:
        if "href" in attrs:
            return LinkShown(name, number, attrs["href"], _openable(attrs["href"]), "", False, True, chosen)
        page = self.pages.get(str(attrs.get("id")))
        if attrs.get("linktype") == "page" and page is not None:
            twin = self.twins.get(page.translation_key)
            return LinkShown(name, number, page.title, "", twin.title if twin else "", True, False, "")
        title = self.files.get(str(attrs.get("id")), "")
        return LinkShown(name, number, title, "", "", False, False, "")


def _ids(attributes: list[Mapping[str, str]], kind: str) -> set[int]:
    named = (attrs.get("id") for attrs in attributes if attrs.get("linktype") == kind)
    return {int(each) for each in named if each and each.isascii() and each.isdigit()}


def _openable(address: str) -> str:
    return address if address.startswith(("https://", "http://")) else ""
