"""The lists: people and organisations from A to Z, territories and themes as trees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from cms.core.alternates import alternates_for_address
from cms.core.entry_pages import canonical
from cms.core.page_cache.decorators import public_page
from cms.core.referrers import identity, reference_counts
from cms.core.sorting import alphabetical
from cms.taxonomy.cards import branch_link, entry_card
from cms.taxonomy.models import Organisation, Person, Territory, Theme
from cms.taxonomy.queries import (
    all_organisations,
    all_people,
    sorted_as,
    territory_tree,
    theme_tree,
)


@public_page
def person_list(request: HttpRequest) -> HttpResponse:
    return _index(request, "person", Person, all_people(get_language()), "people")


@public_page
def organisation_list(request: HttpRequest) -> HttpResponse:
    return _index(request, "organisation", Organisation, all_organisations(get_language()), "organisations")


def _index(request: HttpRequest, section: str, model, rows: list, nav: str) -> HttpResponse:
    language = get_language()
    territories = territory_tree(language)
    counts = reference_counts(model)
    index = alphabetical(
        rows, lambda row: sorted_as(row.entry), language, chosen=request.GET.get("letter", "")[:4]
    )
    for part in index.sections:
        part.items[:] = [
            entry_card(section, row, territories, counts.get(identity(row.entry), 0)) for row in part.items
        ]
    return _answer(request, f"taxonomy/{section}_list.html", nav, index=index)


@public_page
def territory_list(request: HttpRequest) -> HttpResponse:
    return _tree_page(request, "territory", territory_tree(get_language()), Territory, "territories")


@public_page
def theme_list(request: HttpRequest) -> HttpResponse:
    return _tree_page(request, "theme", theme_tree(get_language()), Theme, "themes")


def _tree_page(request: HttpRequest, section: str, tree, model, nav: str) -> HttpResponse:
    counts = reference_counts(model)
    roots = [
        {
            "link": branch_link(section, root, counts.get(root.key, 0)),
            "text": root.text,
            "rows": [
                branch_link(section, branch, counts.get(branch.key, 0), depth, note=branch.text)
                for branch, depth in tree.rows(root.key)
            ],
        }
        for root in tree.under()
    ]
    return _answer(request, f"taxonomy/{section}_list.html", nav, roots=roots)


def _answer(request: HttpRequest, template: str, nav: str, **context) -> HttpResponse:
    context |= {
        "nav": nav,
        "alternates": alternates_for_address(request),
        "canonical_url": canonical(request),
    }
    return render(request, template, context)
