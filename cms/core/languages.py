"""Which languages are open, and the gate before those that are not.

A language is *open* when the home page of its locale is live. No restart and no deployment: the answer is
looked up again whenever the site changes (it is kept per process under the stamp all workers share).
"""

from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.translation import get_language_from_path
from django.utils.translation.trans_real import parse_accept_lang_header
from wagtail.models import Page, Site

from cms.core.page_cache.stamp import kept_until_change


class HomeRow(NamedTuple):
    """A live home page: of some site, in one language."""

    pk: int
    content_type: int
    language: str
    work: UUID  # translation_key, the same for all languages of a site
    alias_of: int | None
    url_path: str
    path: str  # in the tree
    of_default_site: bool


@kept_until_change
def home_rows() -> tuple[HomeRow, ...]:
    """The live home pages of all sites. One query, from which languages and routing both are answered."""
    default = Site.objects.filter(
        is_default_site=True, root_page__translation_key=OuterRef("translation_key")
    )
    return tuple(
        HomeRow(*row)
        for row in Page.objects.live()
        .filter(translation_key__in=Site.objects.values("root_page__translation_key"))
        .annotate(of_default_site=Exists(default))
        .order_by()
        .values_list(
            "pk",
            "content_type_id",
            "locale__language_code",
            "translation_key",
            "alias_of_id",
            "url_path",
            "path",
            "of_default_site",
        )
    )


@kept_until_change
def open_language_codes() -> tuple[str, ...]:
    """Codes of the open languages, in the order of `settings.LANGUAGES`."""
    codes = {row.language for row in home_rows() if row.of_default_site and row.alias_of is None}
    if not codes and not Site.objects.filter(is_default_site=True).exists():
        return (settings.LANGUAGE_CODE,)
    return tuple(code for code, _name in settings.LANGUAGES if code in codes)


def direction(language: str) -> str:
    """ "" for no language of its own, else `ltr` or `rtl`."""
    if not language:
        return ""
    return "rtl" if language in settings.LANGUAGES_BIDI else "ltr"


def best_language(request: HttpRequest) -> str:
    """The open language a visitor without a language in the address should get (RFC 9110 §12.5.4)."""
    open_codes = open_language_codes()
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if cookie in open_codes:
        return cookie
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()[:500]):
        if code in open_codes:
            return code
        if code.split("-")[0] in open_codes:
            return code.split("-")[0]
    return open_codes[0] if open_codes else settings.LANGUAGE_CODE


class OpenLanguagesMiddleware(LocaleMiddleware):
    """Django's locale middleware, for open languages only; the prefix of any other is 404."""

    def process_request(self, request):
        code = get_language_from_path(request.path_info)
        if code:
            translation.activate(code)
            request.LANGUAGE_CODE = code
            if code not in open_language_codes():
                translation.activate(best_language(request))
                request.LANGUAGE_CODE = translation.get_language()
                request.language_closed = True
        else:
            translation.activate(best_language(request))
            request.LANGUAGE_CODE = translation.get_language()

    def process_view(self, request, view, args, kwargs):
        if getattr(request, "language_closed", False):
            raise Http404("language not open")

    def process_response(self, request, response):
        # Every public address carries its language; only addresses without one depend on the visitor's.
        if not get_language_from_path(request.path_info) and request.path_info == get_script_prefix():
            response.headers.setdefault("Vary", "Accept-Language, Cookie")
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
