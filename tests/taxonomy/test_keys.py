"""The key of an entry: made from its name, the same in every language, nobody else's."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from cms.reference.models import BibliographyEntry, GlossaryTerm
from cms.taxonomy.models import Organisation, Person, Territory, Theme
from tests.factories.entries import make_entry, make_person, make_theme

MODELS = [Theme, Territory, Organisation, Person, GlossaryTerm]


@pytest.mark.parametrize("model", [*MODELS, BibliographyEntry])
def test_an_empty_key_is_made_from_the_name(site, model):
    assert make_entry(model, "L’Économie d’ici").slug == "leconomie-dici"


@pytest.mark.parametrize("model", [*MODELS, BibliographyEntry])
def test_two_entries_of_one_name_get_two_keys(site, model):
    assert [make_entry(model, "Same").slug for _ in range(3)] == ["same", "same-2", "same-3"]


@pytest.mark.parametrize("model", MODELS)
def test_a_translation_keeps_the_key(site, model):
    original = make_entry(model, "Work")
    assert make_entry(model, "Travail", lang="fr", translation_of=original).slug == "work"
    copy = original.copy_for_translation(Locale.objects.get(language_code="es"))
    assert (copy.slug, copy.translation_key) == ("work", original.translation_key)


def test_a_key_that_has_translations_does_not_change(site):
    original = make_theme("Work")
    make_theme("Travail", lang="fr", translation_of=original)
    original.slug = "labour"
    with pytest.raises(ValidationError, match="work"):
        original.full_clean()


def test_a_key_without_translations_can_change(site):
    theme = make_theme("Work")
    theme.slug = "labour"
    theme.full_clean()


def test_no_two_entries_share_a_key_in_different_languages(site):
    make_theme("Work")
    with pytest.raises(ValidationError, match="Another entry"):
        make_theme("Travail", lang="fr", slug="work")


def test_a_name_without_latin_letters_needs_a_key_given_by_hand(site):
    with pytest.raises(ValidationError, match="[Ll]atin|blank"):
        make_theme("عمل")
    assert make_theme("عمل", slug="work").slug == "work"


def test_a_person_and_an_organisation_may_have_the_same_key(site):
    make_person("Terre")
    assert make_entry(Organisation, "Terre").slug == "terre"
