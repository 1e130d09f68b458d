"""The glossary: all terms from A to Z, and the page of a term."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.alternates import alternates_for_address
from cms.core.entries import Shown, alternates_for_entry, shown_or_404
from cms.core.entry_pages import canonical, entry_address, entry_page
from cms.core.languages import direction
from cms.core.linked_data import linked_data
from cms.core.page_cache.decorators import public_page
from cms.core.paging import Window
from cms.core.referrers import Referrals, referrals
from cms.core.sorting import alphabetical
from cms.reference.models import GlossaryTerm
from cms.reference.queries import all_terms, matching, terms_that_use, text_expander

LONGEST_QUESTION = 120


@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    language = get_language()
    asked = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_QUESTION]
    terms = all_terms(language)
    found = matching(terms, asked) if asked else terms
    index = alphabetical(found, lambda row: row.entry.term, language, request.GET.get("letter", "")[:4])
    shown = [row for part in index.sections for row in part.items]
    expand = text_expander([row.entry.definition for row in shown], language)
    for part in index.sections:
        part.items[:] = [_card(row, language, expand) for row in part.items]
    return render(
        request,
        "reference/glossary.html",
        {
            "nav": "glossary",
            "index": index,
            "asked": asked,
            "found": len(found),
            "total": len(terms),
            "alternates": alternates_for_address(request),
            "canonical_url": canonical(request),
            "noindex": bool(asked),
        },
    )


@public_page
def term(request: HttpRequest, slug: str) -> HttpResponse:
    shown = shown_or_404(GlossaryTerm, slug, get_language())
    return entry_page(request, shown, lambda: alternates_for_entry(request, shown.rows))


def term_context(shown: Shown[GlossaryTerm], language: str, window: Window) -> dict:
    entry = shown.entry
    uses = terms_that_use(shown, language)
    expand = text_expander([entry.definition], language)
    groups = referrals(entry, language, window.start, window.stop)
    groups.append(
        Referrals(
            "terms",
            _("Terms explained with this one"),
            len(uses),
            [
                {
                    "title": row.entry.term,
                    "url": reverse("reference:term", args=[row.entry.slug]),
                    "lang": row.lang,
                    "dir": row.dir,
                    "summary": strip_tags(row.entry.definition),
                    "summary_lang": row.lang,
                    "summary_dir": row.dir,
                }
                for row in uses[window.start : window.stop]
            ],
        )
    )
    return {
        "nav": "glossary",
        "crumbs": [(_("Glossary"), reverse("reference:glossary"))],
        "definition": expand(entry.definition),
        "equivalents": _equivalents(shown),
        "groups": groups,
        "linked_data": linked_data(
            "DefinedTerm",
            name=entry.term,
            url=entry_address(entry),
            description=strip_tags(entry.definition),
            inLanguage=shown.lang or language,
            alternateName=entry.variant_list,
            inDefinedTermSet=settings.BASE_URL + reverse("reference:glossary"),
        ),
    }


def _card(shown: Shown[GlossaryTerm], language: str, expand) -> dict:
    entry = shown.entry
    return {
        "title": entry.term,
        "slug": entry.slug,
        "url": reverse("reference:term", args=[entry.slug]),
        "lang": shown.lang,
        "dir": shown.dir,
        "lang_name": shown.lang_name,
        "definition": expand(entry.definition),
        "equivalents": _equivalents(shown),
        "kept": entry.do_not_translate,
    }


def _equivalents(shown: Shown[GlossaryTerm]) -> list[dict]:
    """The term in the other languages that have it, in the site's order."""
    return [
        {
            "code": code,
            "name": settings.LANGUAGE_NAMES[code],
            "dir": direction(code),
            "term": shown.rows[code].term,
            "url": f"/{code}/glossary/{shown.rows[code].slug}/",
        }
        for code, _name in settings.LANGUAGES
        if code in shown.rows and shown.rows[code] is not shown.entry
    ]
