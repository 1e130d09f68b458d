"""The other languages of what is shown: for the language switcher, `hreflang` and the sitemap."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import translation
from wagtail.models import Page

from cms.core.addresses import tree_address
from cms.core.languages import direction, open_language_codes
from cms.core.prepared import Prepared
from cms.core.visibility import public_row


@dataclass(frozen=True, slots=True)
class Alternate:
    code: str
    name: str  # in the language itself
    url: str  # path, without host
    state: str  # "current", "live" or "missing" (its url then leads to what exists)

    @property
    def dir(self) -> str:
        return direction(self.code)


def languages_address(page_id: int, code: str) -> str:
    """The address, in language `code`, that lists the languages in which a page exists."""
    return f"/{code}/wiki/{page_id}/"


_TRANSLATIONS = Prepared(
    lambda work: (
        Page.objects.filter(translation_key=work.uuid, alias_of__isnull=True)
        .order_by()
        .values_list("pk", "live", "locale__language_code", "path", "url_path")
    )
)


def alternates_for_page(page: Page) -> list[Alternate]:
    """One entry per open language, in the site's order. One query, and one for restrictions."""
    addresses = {
        code: tree_address(code, url_path)
        for pk, live, code, path, url_path in _TRANSLATIONS.rows(page.translation_key)
        if pk != page.pk and public_row(live, code, path)
    }
    return alternates_among(addresses, page)


def alternates_among(addresses: Mapping[str, str], page: Page) -> list[Alternate]:
    """The same where the addresses of the page's public translations are known, by language. No query."""
    current = page.locale.language_code
    alternates = []
    for code in open_language_codes():
        name = settings.LANGUAGE_NAMES[code]
        if code == current:
            alternates.append(
                Alternate(code, name, tree_address(code, page.url_path) if page.url_path else "", "current")
            )
        elif code in addresses:
            alternates.append(Alternate(code, name, addresses[code], "live"))
        else:
            alternates.append(Alternate(code, name, languages_address(page.pk, code), "missing"))
    return alternates


def alternates_for_address(request: HttpRequest) -> list[Alternate]:
    """For the site's own addresses, which exist in every open language. Keeps the query string. No query."""
    current = translation.get_language()
    full = request.get_full_path()
    return [
        Alternate(
            code,
            settings.LANGUAGE_NAMES[code],
            full if code == current else translate_url(full, code),
            "current" if code == current else "live",
        )
        for code in open_language_codes()
    ]
