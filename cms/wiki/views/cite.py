"""How to cite a version of a page: permanent link, plain text, BibTeX, RIS."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from wagtail.models import Page

from cms.core.page_cache.decorators import public_page
from cms.wiki.addresses import address
from cms.wiki.citing import Reference, bibtex, contributors, plain, ris
from cms.wiki.content import version_of
from cms.wiki.kinds import cited
from cms.wiki.lines import line
from cms.wiki.queries.revisions import Version, newest_version, version_with_text
from cms.wiki.version_words import names
from cms.wiki.views.pages import about_page, no_such_version, page_or_404

FORMATS = {
    "bib": (bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8"),
}


@public_page
def cite(request: HttpRequest, page_id: int, revision_id: int | None = None) -> HttpResponse:
    """Of the version named, or of the current one."""
    page = page_or_404(page_id)
    newest = newest_version(page_id)
    wanted = revision_id if revision_id is not None else newest.pk if newest else 0
    found = version_with_text(page_id, wanted)
    if found is None:
        return no_such_version(request, page)
    version, content = found
    reference = reference_of(page, version, content)
    context = {
        **about_page(page, request),
        "line": line(version),
        "is_current": newest is not None and newest.pk == version.pk,
        "plain": plain(reference),
        "permanent_url": reference.url,
        "bibtex": bibtex(reference),
        "ris": ris(reference),
        "bibtex_url": address("cite_bib", page_id, version.pk),
        "ris_url": address("cite_ris", page_id, version.pk),
        "current_url": address("cite", page_id),
        "noindex": True,
    }
    return render(request, "wiki/cite.html", context)


@public_page
def download(request: HttpRequest, page_id: int, revision_id: int, form: str) -> HttpResponse:
    """The reference as a file."""
    page = page_or_404(page_id)
    found = version_with_text(page_id, revision_id)
    if found is None:
        return no_such_version(request, page)
    reference = reference_of(page, *found)
    write, content_type = FORMATS[form]
    answer = HttpResponse(write(reference), content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{reference.file_name}.{form}"'
    return answer


def reference_of(page: Page, version: Version, content: dict[str, Any]) -> Reference:
    known = cited(version_of(page, content))
    writers = contributors([version.author_name, *names(version.co_authors)])
    stand_ins = () if known.organisations else writers
    with translation.override(page.locale.language_code):
        url = settings.BASE_URL + address("revision", page.pk, version.pk)
    return Reference(
        title=version.title,
        number=version.number,
        published=timezone.localtime(version.published_at).date(),
        language=version.language,
        url=url,
        site=settings.WAGTAIL_SITE_NAME,
        code=known.code,
        authors=known.authors or stand_ins,
        organisations=known.organisations,
        key=page.slug,
    )
