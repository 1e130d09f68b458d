"""A published version at its permanent address, looking as the page does."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from cms.core.page_cache.decorators import public_page
from cms.core.serving import ServedPage, version_response
from cms.wiki.addresses import address
from cms.wiki.content import version_of
from cms.wiki.lines import Line, line
from cms.wiki.queries.revisions import Version, later_versions, version_with_text
from cms.wiki.views.pages import about_page, no_such_version, page_or_404, page_url


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands above a version. Addresses are empty where they lead nowhere."""

    line: Line
    is_current: bool
    canonical: str
    lang: str  # of the page, "" where it is the reader's
    dir: str
    page_url: str
    history_url: str
    since_url: str  # what changed since
    cite_url: str
    revert_url: str
    older_url: str
    newer_url: str


@public_page
def revision(request: HttpRequest, page_id: int, revision_id: int) -> HttpResponse:
    """The old text in the page's own template, with a banner. It is not to be indexed."""
    page = page_or_404(page_id)
    found = version_with_text(page_id, revision_id)
    if found is None:
        return no_such_version(request, page)
    version, content = found
    about = about_page(page, request)
    shown = {
        "version": _banner(page, version, about),
        # The frame speaks the reader's language; the text says its own.
        "page_lang": "",
        "page_dir": "",
        "noindex": True,
        "alternates": about["alternates"],
    }
    text = version_of(page, content)
    if not isinstance(text, ServedPage):
        # Its page is no more than a list of others; there is no text to show as it was.
        return render(request, "wiki/version_without_text.html", {**about, **shown, "page": text})
    return version_response(text, request, shown)


def _banner(page: Page, version: Version, about: dict) -> Banner:
    later = later_versions(page.pk, version.number)
    return Banner(
        line=line(version),
        is_current=later is None,
        canonical=settings.BASE_URL + page_url(page),
        lang=about["title_lang"],
        dir=about["title_dir"],
        page_url=about["page_url"],
        history_url=about["history_url"],
        since_url=address("compare", page.pk, version.pk, later[1]) if later else "",
        cite_url=address("cite_revision", page.pk, version.pk),
        revert_url=address("revert", page.pk, version.pk) if later else "",
        older_url=address("revision", page.pk, version.older) if version.older else "",
        newer_url=address("revision", page.pk, later[0]) if later else "",
    )
