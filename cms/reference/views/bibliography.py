"""The bibliography: every work with its citation, filtered by plain links, and the page of a work."""

from collections import Counter
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.alternates import alternates_for_address
from cms.core.entries import Shown
from cms.core.entry_pages import canonical, entry_page
from cms.core.languages import direction
from cms.core.linked_data import linked_data
from cms.core.page_cache.decorators import public_page
from cms.core.paging import Window, asked_window
from cms.core.referrers import reference_counts, referrals
from cms.reference.citations import html, name_parts, plain
from cms.reference.models import BibliographyEntry
from cms.reference.queries import Cited, all_works, note_for, public_work

PER_PAGE = 100
UNKNOWN_YEAR = "unknown"
SCHEMA_TYPES = {
    "book": "Book",
    "article": "Article",
    "report": "Report",
    "periodical": "Periodical",
    "presentation": "PresentationDigitalDocument",
    "legal": "Legislation",
    "website": "WebSite",
}


@public_page
def bibliography(request: HttpRequest) -> HttpResponse:
    language = get_language()
    works = all_works(language)
    chosen = {name: request.GET.get(name, "") for name in ("kind", "year")}
    facets = [
        _facet("kind", _("Kind"), works, chosen, dict(BibliographyEntry.Kind.choices)),
        _facet("year", _("Year"), works, chosen, {UNKNOWN_YEAR: _("not dated")}),
    ]
    unknown = [facet["name"] for facet in facets if facet["unknown"]]
    for facet in facets:
        if facet["unknown"]:
            chosen[facet["key"]] = ""
    found = [
        cited
        for cited in works
        if all(not chosen[name] or _value(cited, name) == chosen[name] for name in chosen)
    ]
    window = asked_window(request, PER_PAGE)
    if address := window.corrected(request, len(found)):
        return HttpResponseRedirect(address)
    counts = reference_counts(BibliographyEntry)
    kept = {name: value for name, value in chosen.items() if value}
    return render(
        request,
        "reference/bibliography.html",
        {
            "nav": "bibliography",
            "facets": facets,
            "unknown": unknown,
            "works": [_row(cited, language, counts) for cited in found[window.start : window.stop]],
            "total": len(found),
            "everything": len(works),
            "filtered": bool(kept),
            "turning": window.turning(len(found), lambda number: f"?{urlencode(kept | {'page': number})}"),
            "alternates": alternates_for_address(request),
            "canonical_url": canonical(request, window),
            "noindex": bool(kept),
        },
    )


def _value(cited: Cited, name: str) -> str:
    if name == "kind":
        return cited.entry.kind
    return str(cited.entry.year or UNKNOWN_YEAR)


def _facet(key: str, name: str, works: list[Cited], chosen: dict[str, str], labels: dict) -> dict:
    """Values that some work has, with how many works each would give beside the other filter."""
    other = "year" if key == "kind" else "kind"
    values = {_value(cited, key) for cited in works}
    counts = Counter(
        _value(cited, key) for cited in works if not chosen[other] or _value(cited, other) == chosen[other]
    )
    order = [value for value in labels if value in values]
    if key == "year":
        order = [*sorted(values - {UNKNOWN_YEAR}, reverse=True), *order]
    rows = []
    for value in order:
        active = chosen[key] == value
        query = {key: "" if active else value, other: chosen[other]}
        kept = urlencode({n: v for n, v in query.items() if v})
        if counts[value] or active:
            label = str(labels.get(value, value))
            rows.append(
                {
                    "label": label,
                    "count": counts[value],
                    "active": active,
                    "url": f"?{kept}" if kept else ".",
                }
            )
    return {
        "key": key,
        "name": name,
        "rows": rows,
        "unknown": bool(chosen[key]) and chosen[key] not in values,
    }


def _row(cited: Cited, language: str, counts) -> dict:
    return {
        "citation": mark_safe(html(cited.work, language)),
        "url": reverse("reference:work", args=[cited.entry.slug]),
        "kind": cited.entry.get_kind_display(),
        "count": counts.get(cited.entry.pk, 0),
    }


@public_page
def work(request: HttpRequest, slug: str) -> HttpResponse:
    entry = public_work(slug, get_language())
    if entry is None:
        raise Http404("no such work")
    # A work is the same in every language.
    return entry_page(request, Shown(entry, "", {}), lambda: alternates_for_address(request))


def work_context(shown: Shown[BibliographyEntry], language: str, window: Window) -> dict:
    cited = Cited(shown.entry)
    entry = cited.entry
    return {
        "nav": "bibliography",
        "crumbs": [(_("Bibliography"), reverse("reference:bibliography"))],
        "citation": mark_safe(html(cited.work, language)),
        "citation_text": plain(cited.work, language, with_address=True),
        "title_lang": entry.language if entry.language != language else "",
        "title_dir": direction(entry.language),
        "note": note_for(entry, language),
        "language_name": settings.LANGUAGE_NAMES.get(entry.language, ""),
        "groups": referrals(entry, language, window.start, window.stop),
        "linked_data": linked_data(
            SCHEMA_TYPES.get(entry.kind, "CreativeWork"),
            name=entry.title,
            alternativeHeadline=entry.subtitle,
            author=[_author(line) for line in entry.author_list],
            datePublished=str(entry.year or ""),
            inLanguage=entry.language,
            publisher=entry.publisher and {"@type": "Organization", "name": entry.publisher},
            url=entry.url,
        ),
    }


def _author(line: str) -> dict:
    family, given = name_parts(line)
    return {"@type": "Person" if given else "Organization", "name": f"{given} {family}".strip()}
