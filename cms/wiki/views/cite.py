"""How to cite a version of a page: permanent link, plain text, BibTeX, RIS."""

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
from cms.wiki.models import PublishedRevision
from cms.wiki.queries.revisions import newest_version, published_revision, versions
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
    copy = published_revision(page_id, wanted)
    version = versions(page_id, wanted).get(wanted)
    if copy is None or version is None:
        return no_such_version(request, page)
    reference = reference_of(page, copy)
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
    copy = published_revision(page_id, revision_id)
    if copy is None:
        return no_such_version(request, page)
    reference = reference_of(page, copy)
    write, content_type = FORMATS[form]
    answer = HttpResponse(write(reference), content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{reference.file_name}.{form}"'
    return answer


def reference_of(page: Page, copy: PublishedRevision) -> Reference:
    known = cited(version_of(page, copy.content))
    writers = contributors([copy.author_name, *names(copy.co_authors)])
    stand_ins = () if known.organisations else writers
    with translation.override(page.locale.language_code):
        url = settings.BASE_URL + address("revision", page.pk, copy.pk)
    return Reference(
        title=copy.title,
        number=copy.number,
        published=timezone.localtime(copy.published_at).date(),
        language=copy.language,
        url=url,
        site=settings.WAGTAIL_SITE_NAME,
        code=known.code,
        authors=known.authors or stand_ins,
        organisations=known.organisations,
        key=page.slug,
    )
