"""The page of a document, of any type: a hot path, so everything it points to is looked up at once."""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from cms.core.addresses import tree_address
from cms.core.alternates import Alternate, alternates_among, languages_address
from cms.core.body import add_body_needs, body_parts
from cms.core.discussion import discussion_of
from cms.core.languages import direction
from cms.core.licences import LICENCE_ADDRESSES
from cms.core.linked_data import as_script
from cms.reference.citations import html as cited
from cms.translations.behind import standing_of
from cms.wiki.foot import page_foot
from cms.wiki.queries.pages import visible_page
from initiatives.metadata import Described, citation, linked_data, open_graph
from initiatives.models import Document
from initiatives.queries.links import Link, draft_links, stored_links
from initiatives.queries.pages import cited_works, document_by_id, documents_at, live_document
from initiatives.rules import AUTHORSHIP, KINDS
from initiatives.views.found import Found, Needs
from initiatives.views.kinds import KIND_VIEWS
from initiatives.views.record import record, when, where
from initiatives.views.related import related

TO_PAGES = (
    "relation",
    "relation_in",
    "issued_in",
    "visited_in",
    "deepens",
    "deepens_in",
    "part_event_in",
    "given_in",
)


def document(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve `/{lang}/library/<slug>/`: two queries, then Wagtail's own serving with all its hooks."""
    row = live_document(slug, request.LANGUAGE_CODE)
    if row is None:
        return _elsewhere(request, slug)
    pk, kind, original = row
    if original:
        # The text would be in another language than the address says: offer what exists instead.
        return redirect(languages_address(original, request.LANGUAGE_CODE))
    page = document_by_id(pk, kind)
    if page is None:
        raise Http404
    request._wagtail_route_for_request = RouteResult(page)
    return serve(request, f"library/{slug}/")


def _elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """A document of this name in other languages only: say so and offer them. An old address knows better."""
    if get_redirect(request, Redirect.normalise_path(request.path, decode_unicode=False)) is None:
        for pk in documents_at(slug):
            if visible_page(pk) is not None:
                return redirect(languages_address(pk, request.LANGUAGE_CODE))
    raise Http404


def document_context(page: Document, request: HttpRequest) -> dict:
    """The template context of a document page. Between 11 and 18 queries, whatever the number of its links."""
    language = page.locale.language_code
    draft = getattr(request, "is_preview", False) or page.is_in_memory
    links = draft_links(page) if draft else stored_links(page)
    kind = KIND_VIEWS[page.kind_code]
    raw_body = page.body.raw_data
    needs, own_rows = _needs(page, links, raw_body, kind, draft)
    found = Found(needs, language)
    # The preview of a page that was never saved has no address yet.
    alternates = alternates_among(found.works.addresses(page.translation_key), page) if page.pk else []
    described = _describe(page, links, found, alternates)
    standing = standing_of(page, request, alternates)
    found.marks = standing.marks
    parts, own = body_parts(raw_body, found), kind.show(page, own_rows, found)
    standing.marks.in_body(parts)
    return {
        "document": page,
        "page_lang": language,
        "page_dir": direction(language),
        "nav": "library",
        "kind": page.kind_code.lower(),
        "kind_name": KINDS[page.kind_code],
        "kind_template": kind.template,
        "code": described.code,
        "where": described.place,
        "when": when(page),
        "authors": found.people.all(
            link.target for link in links if link.kind == "person" and link.note in AUTHORSHIP
        ),
        "alternates": alternates,
        "pills": _pills(page, alternates, standing.behind_codes),
        "lead_picture": found.pictures.get(page.lead_image_id),
        "parts": parts,
        "own": own,
        "title_marks": standing.marks.take("title"),
        "summary_marks": standing.marks.take("summary"),
        "behind": standing.notice(),
        "translated": standing.credits(),
        "attachments": _attachments(links, found),
        "bibliography": _bibliography(links, language),
        "record": record(page, links, found),
        "related": related(links, found, page),
        "articles": found.works.all(link.target for link in links if link.kind == "issued_in")
        if page.kind_code == "NL"
        else [],
        "citation": citation(described),
        "canonical_url": described.url,
        "open_graph": open_graph(described),
        "json_ld": as_script(linked_data(described)),
        "edit_url": f"/{language}/wiki/{page.pk}/edit/" if page.pk else "",
        "suggest_url": f"/{language}/wiki/{page.pk}/suggest/" if page.pk and page.live else "",
        "languages_url": languages_address(page.pk, language),
        "foot": page_foot(page, request),
        "discussion": None if draft else discussion_of(page),
    }


def _needs(page: Document, links: list[Link], raw_body: list[dict], kind, draft: bool) -> tuple[Needs, dict]:
    needs = Needs(draft=draft)
    add_body_needs(raw_body, needs)
    by_kind: dict[str, list[int]] = {}
    for link in links:
        by_kind.setdefault(link.kind, []).append(link.target)
    needs.add(
        pages=[page.pk, page.provenance_document_id, *by_kind.get("collection", [])],
        people=by_kind.get("person", []),
        organisations=by_kind.get("organisation", []),
        themes=by_kind.get("theme", []),
        territories=[*by_kind.get("territory", []), *by_kind.get("country", [])],
        files=by_kind.get("file", []),
        pictures=[page.lead_image_id],
    )
    for name in TO_PAGES:
        needs.add(pages=by_kind.get(name, []))
    return needs, kind.needs(page, needs)


def _pills(page: Document, alternates: Iterable[Alternate], behind: Collection[str]) -> list[dict]:
    """The languages of the document; the one it was written in is named even where it is not published."""
    pills = [
        {
            "code": row.code,
            "name": row.name,
            "url": row.url if row.state != "missing" else "",
            "state": row.state,
            "behind": row.code in behind,
            "original": row.code == page.written_in,
        }
        for row in alternates
    ]
    if page.written_in and not any(pill["original"] for pill in pills):
        name = settings.LANGUAGE_NAMES.get(page.written_in, page.written_in)
        pills.append({"code": page.written_in, "name": name, "url": "", "state": "missing", "original": True})
    return pills


def _describe(page, links, found: Found, alternates: Iterable[Alternate]) -> Described:
    picture = found.pictures.get(page.lead_image_id)
    people = found.people.all(
        link.target for link in links if link.kind == "person" and link.note in AUTHORSHIP
    )
    bodies = [
        (link.note, entry.name)
        for link in links
        if link.kind == "organisation" and (entry := found.organisations.get(link.target))
    ]
    return Described(
        title=page.title,
        summary=page.search_description or page.summary,
        url=settings.BASE_URL + tree_address(page.locale.language_code, page.url_path),
        site_name=settings.WAGTAIL_SITE_NAME,
        language=page.locale.language_code,
        written_in=page.written_in,
        kind=page.kind_code,
        code=found.works.code(page.pk),
        date=page.date,
        date_precision=page.date_precision,
        starts=getattr(page, "starts", None),
        ends=getattr(page, "ends", None),
        place=where(page, links, found),
        authors=[person.name for person in people],
        organisations=bodies,
        themes=[
            theme.name for theme in found.themes.all(link.target for link in links if link.kind == "theme")
        ],
        territories=[
            place.name
            for place in found.territories.all(link.target for link in links if link.kind == "territory")
        ],
        translations={row.code: settings.BASE_URL + row.url for row in alternates if row.state != "missing"},
        licence_url=LICENCE_ADDRESSES.get(page.licence, ""),
        image=settings.BASE_URL + picture.url if picture and picture.url.startswith("/") else "",
        image_alt=page.lead_image_alt,
        published=page.first_published_at,
        changed=page.last_published_at,
    )


def _attachments(links: list[Link], found: Found) -> list[tuple]:
    """(title, file) of the attached files."""
    files = [(link.note, found.files.get(link.target)) for link in links if link.kind == "file"]
    return [(title or file.title, file) for title, file in files if file]


def _bibliography(links: list[Link], language: str) -> list[dict]:
    """The works the document refers to, those that are public, in order. No query without any."""
    references = {link.target: link.note for link in links if link.kind == "reference"}
    works = cited_works(list(references))
    return [
        {
            "html": mark_safe(cited(works[pk][1], language)),
            "url": f"/{language}/bibliography/{works[pk][0]}/",
            "pages": pages,
        }
        for pk, pages in references.items()
        if pk in works
    ]
