"""The reading grid as a matrix: five questions, up to six cases side by side."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.core.page_cache.decorators import public_page
from initiatives.cards import foreign_language, when, where
from initiatives.catalogue import FACETS, Catalogue, Work, select
from initiatives.grid import Choice, case_key, case_query, choose
from initiatives.queries.catalogue import catalogue
from initiatives.queries.grid import grid_answers
from initiatives.rules import GRID_LIMIT, GRID_QUESTIONS, KINDS
from initiatives.views.library import filter_context, read_filters


@public_page
def grid(request: HttpRequest) -> HttpResponse:
    """Choose cases, read their answers question by question. At most 5 queries once the catalogue is kept."""
    found = catalogue()
    lang = get_language()
    filters = read_filters(request, found)
    selection = select(found, filters.chosen)
    choice = choose(request.GET.getlist("case"), found)
    path = reverse("initiatives:grid")
    kept = [part for facet in FACETS for part in filters.parts(facet)]
    offered = found.pick(selection.bits & found.with_grid, "title", lang, 0, MOST_OFFERED)
    versions = [work.version(lang) for work in choice.works]
    cases = [case_head(found, work, choice, kept, path, lang) for work in choice.works]
    answers = grid_answers(zip((work.kind for work in choice.works), versions, strict=True), lang)
    context = filter_context(request, found, filters, selection, path, lang) | {
        "nav": "grid",
        "canonical_url": settings.BASE_URL + path,
        "cases": cases,
        "questions": [
            {
                "key": key,
                "number": number,
                "question": question,
                "cells": [
                    case | {"text": answers.get(version.page_id, {}).get(key, "")}
                    for case, version in zip(cases, versions, strict=True)
                ],
            }
            for number, (key, question) in enumerate(GRID_QUESTIONS.items(), start=1)
        ],
        "groups": groups(found, offered, choice, lang),
        "more_offered": (selection.bits & found.with_grid).bit_count() - len(offered),
        "limit": GRID_LIMIT,
        "full": len(choice.works) == GRID_LIMIT,
        "clear_url": path + case_query(choice.works),
        "kept_fields": [(facet, key) for facet in FACETS for key in filters.keys(facet)],
        "filtered": bool(filters),
    }
    context["problems"] += [problem.message for problem in choice.problems]
    context["noindex"] = context["noindex"] or bool(choice.works or choice.problems)
    context["chips"] = [
        chip | {"url": path + case_query(choice.works, query_parts(chip["url"]))} for chip in context["chips"]
    ]
    return render(request, "initiatives/grid.html", context)


MOST_OFFERED = 150  # cases in the list to choose from; more are found through the filters


def query_parts(url: str) -> list[str]:
    query = url.partition("?")[2]
    return query.split("&") if query else []


def case_head(found: Catalogue, work: Work, choice: Choice, kept: list[str], path: str, lang: str) -> dict:
    version = work.version(lang)
    return {
        "kind": work.kind,
        "kind_name": str(KINDS[work.kind.upper()]),
        "code": work.code,
        "title": version.title,
        "url": version.url,
        "where": where(found, work, lang),
        "when": when(work, lang),
        "remove_url": path + case_query((other for other in choice.works if other is not work), kept),
        **foreign_language(version, lang),
    }


def offer_label(found: Catalogue, work: Work, lang: str) -> SafeString:
    """How a case is named in the list to choose from. The list is long: its lines are rendered once."""
    slot = (work.key, lang)
    if slot not in found.offers_said:
        version = work.version(lang)
        row = {"code": work.code, "title": version.title, "where": where(found, work, lang)}
        row |= foreign_language(version, lang)
        found.offers_said[slot] = mark_safe(render_to_string("initiatives/_offer.html", {"row": row}).strip())
    return found.offers_said[slot]  # type: ignore[return-value]


def groups(found: Catalogue, offered: list[Work], choice: Choice, lang: str) -> list[dict]:
    """The cases to choose from, by type; those chosen are listed even where the filters leave them out."""
    chosen = {work.key for work in choice.works}
    known = {work.key for work in offered}
    listed = [*(work for work in choice.works if work.key not in known), *offered]
    made = []
    for code, name in KINDS.items():
        kind = code.lower()
        rows = [
            {
                "key": case_key(work),
                "chosen": work.key in chosen,
                "label": offer_label(found, work, lang),
            }
            for work in listed
            if work.kind == kind
        ]
        if rows:
            made.append({"kind": kind, "name": name, "rows": rows})
    return made
