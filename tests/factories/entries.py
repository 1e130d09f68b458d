"""Shared entries for tests."""

import itertools

from wagtail.models import Locale

from cms.core.page_cache.stamp import bump_stamp
from cms.reference.models import BibliographyEntry, GlossaryTerm
from cms.taxonomy.models import Organisation, Person, PersonOrganisation, Territory, Theme

_numbers = itertools.count(1)


def make_entry(model, name: str = "", lang: str = "en", translation_of=None, publish: bool = True, **fields):
    """A shared entry in one language (needs `site`). Its key is made from the name, or is its twin's."""
    name = name or f"{model._meta.verbose_name} {next(_numbers)}"
    entry = model(live=False, **{model.key_source: name})
    if model is not BibliographyEntry:
        entry.locale = Locale.objects.get(language_code=lang)
        if translation_of is not None:
            entry.translation_key = translation_of.translation_key
    if model is Person:
        family = name.rpartition(" ")[2]
        entry.sort_name = f"{family}, {name.removesuffix(family).strip()}"
    if model is GlossaryTerm:
        entry.definition = f"<p>What {name} means.</p>"
    for field, value in fields.items():
        setattr(entry, field, value)
    entry.full_clean()
    entry.save()
    if publish:
        entry.save_revision().publish()
        entry.refresh_from_db()
    bump_stamp()
    return entry


def make_theme(name: str = "", **fields) -> Theme:
    return make_entry(Theme, name, **fields)


def make_territory(name: str = "", **fields) -> Territory:
    return make_entry(Territory, name, **fields)


def make_organisation(name: str = "", **fields) -> Organisation:
    return make_entry(Organisation, name, **fields)


def make_person(name: str = "", organisations=(), **fields) -> Person:
    rows = [PersonOrganisation(organisation=row, sort_order=order) for order, row in enumerate(organisations)]
    return make_entry(Person, name, **({"affiliations": rows} if rows else {}), **fields)


def make_term(name: str = "", **fields) -> GlossaryTerm:
    return make_entry(GlossaryTerm, name, **fields)


def make_work(name: str = "", **fields) -> BibliographyEntry:
    return make_entry(BibliographyEntry, name, **fields)
