"""The page of one entry: what is known of it, and what refers to it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.entries import Shown, alternates_for_entry, shown_or_404
from cms.core.entry_pages import entry_address, entry_page
from cms.core.linked_data import linked_data
from cms.core.page_cache.decorators import public_page
from cms.core.paging import Window
from cms.core.referrers import reference_counts, referrals
from cms.taxonomy.cards import branch_link, entry_link, group_of
from cms.taxonomy.models import Organisation, Person, Territory, Theme
from cms.taxonomy.queries import (
    organisations_in,
    organisations_of,
    people_in,
    people_of,
    territory_tree,
    theme_tree,
)
from cms.taxonomy.tree import Tree


def _page(model, section: str):
    @public_page
    def view(request: HttpRequest, slug: str) -> HttpResponse:
        shown = shown_or_404(model, slug, get_language())
        return entry_page(request, shown, lambda: alternates_for_entry(request, shown.rows))

    view.__name__ = section
    return view


person = _page(Person, "person")
organisation = _page(Organisation, "organisation")
territory = _page(Territory, "territory")
theme = _page(Theme, "theme")


def person_context(shown: Shown[Person], language: str, window: Window) -> dict:
    entry = shown.entry
    organisations = [entry_link("organisation", row) for row in organisations_of(entry, language)]
    return {
        "nav": "people",
        "crumbs": [(_("People"), reverse("taxonomy:person_list"))],
        "place": _place(entry, language),
        "organisations": organisations,
        "groups": referrals(entry, language, window.start, window.stop),
        "linked_data": linked_data(
            "Person",
            name=entry.name,
            url=entry_address(entry),
            description=entry.mandate,
            knowsAbout=entry.expertise,
            affiliation=[{"@type": "Organization", "name": row.name} for row in organisations],
        ),
    }


def organisation_context(shown: Shown[Organisation], language: str, window: Window) -> dict:
    entry = shown.entry
    people = people_of(entry.translation_key, language)
    place = _place(entry, language)
    return {
        "nav": "organisations",
        "crumbs": [(_("Organisations"), reverse("taxonomy:organisation_list"))],
        "place": place,
        "groups": [
            *referrals(entry, language, window.start, window.stop),
            group_of("people", _("People"), "person", people, window.start, window.stop),
        ],
        "linked_data": linked_data(
            "Organization",
            name=entry.name,
            alternateName=entry.acronym,
            url=entry_address(entry),
            sameAs=entry.website,
            description=entry.mandate,
            knowsAbout=entry.expertise,
            foundingDate=str(entry.founded or ""),
            location=place and {"@type": "Place", "name": place[-1].name},
        ),
    }


def territory_context(shown: Shown[Territory], language: str, window: Window) -> dict:
    entry, key = shown.entry, shown.entry.translation_key
    tree = territory_tree(language)
    within = tree.below(key)
    return {
        "nav": "territories",
        "crumbs": _tree_crumbs("territory", _("Territories"), tree, entry),
        "kind": entry.get_kind_display(),
        "parts": _parts("territory", tree, key, Territory),
        "groups": [
            *referrals(entry, language, window.start, window.stop),
            group_of(
                "organisations",
                _("Organisations"),
                "organisation",
                organisations_in(within, language),
                window.start,
                window.stop,
            ),
            group_of("people", _("People"), "person", people_in(within, language), window.start, window.stop),
        ],
        "linked_data": linked_data(
            "Place",
            name=entry.name,
            url=entry_address(entry),
            geo=entry.latitude is not None
            and {"@type": "GeoCoordinates", "latitude": entry.latitude, "longitude": entry.longitude},
            containedInPlace=[{"@type": "Place", "name": branch.name} for branch in tree.above(key)[:1]],
        ),
    }


def theme_context(shown: Shown[Theme], language: str, window: Window) -> dict:
    entry = shown.entry
    tree = theme_tree(language)
    return {
        "nav": "themes",
        "crumbs": _tree_crumbs("theme", _("Themes"), tree, entry),
        "parts": _parts("theme", tree, entry.translation_key, Theme),
        "groups": referrals(entry, language, window.start, window.stop),
        "linked_data": linked_data(
            "DefinedTerm", name=entry.name, url=entry_address(entry), description=entry.description
        ),
    }


def _place(entry: Person | Organisation, language: str) -> list:
    """From the widest territory down to the entry's own, without continents."""
    if entry.territory is None:
        return []
    path = territory_tree(language).path(entry.territory.translation_key)
    return [
        branch_link("territory", branch)
        for branch in path
        if branch.kind != Territory.Kind.CONTINENT or branch is path[-1]
    ]


def _tree_crumbs(section: str, title: str, tree: Tree, entry) -> list[tuple[str, str]]:
    above = [branch_link(section, branch) for branch in reversed(tree.above(entry.translation_key))]
    return [(title, reverse(f"taxonomy:{section}_list")), *((link.name, link.url) for link in above)]


def _parts(section: str, tree: Tree, key, model) -> list:
    """What lies directly in an entry, with the number of works that refer to each."""
    under = tree.under(key)
    counts = reference_counts(model) if under else {}
    return [branch_link(section, branch, counts.get(branch.key, 0)) for branch in under]
