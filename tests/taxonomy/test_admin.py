"""Shared entries in the editor: lists, drafts, history, previews."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail_localize.models import Translation, TranslationSource

from cms.reference.models import BibliographyEntry, GlossaryTerm
from cms.taxonomy.models import Organisation, Person, Territory, Theme
from tests.factories.documents import make_user
from tests.factories.entries import make_entry, make_territory

MODELS = [Theme, Territory, Organisation, Person, GlossaryTerm, BibliographyEntry]

PARAGRAPH = {"key": "a", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
MEANING = {"blocks": [PARAGRAPH | {"text": "Meaning"}], "entityMap": {}}


@pytest.fixture
def editor(client, site):
    client.force_login(make_user(is_superuser=True))
    return client


def where(model, view: str, *args) -> str:
    return reverse(f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:{view}", args=args)


def fields(model, name: str, **more) -> dict:
    """What the form of a new entry posts."""
    posted = {
        "name": name,
        "sort_name": name,
        "term": name,
        "title": name,
        "slug": "",
        "order": "1",
        "kind": "book" if model is BibliographyEntry else "city",
        "definition": json.dumps(MEANING),
    }
    for rows in ("affiliations", "notes"):
        posted |= nested_form_data({rows: inline_formset([])})
    return posted | more


@pytest.mark.parametrize("model", MODELS)
def test_the_list_the_form_and_the_history_open(editor, model):
    entry = make_entry(model, "Aude")
    assert "Aude" in editor.get(where(model, "list")).content.decode()
    for view, args in (("add", ()), ("edit", (entry.pk,)), ("history", (entry.pk,))):
        assert editor.get(where(model, view, *args)).status_code == 200


def test_all_entries_stand_in_one_menu(editor):
    html = editor.get("/admin/").content.decode()
    assert "Shared entries" in html
    for model in MODELS:
        assert where(model, "list") in html


@pytest.mark.parametrize("model", MODELS)
def test_a_draft_is_public_only_once_published_and_its_history_is_kept(editor, model):
    answer = editor.post(where(model, "add"), fields(model, "A new one"))
    assert answer.status_code == 302, answer.context["form"].errors
    entry = model.objects.get()
    assert (entry.live, entry.slug) == (False, "a-new-one")
    assert not model.objects.visible_to(None).exists()

    answer = editor.post(
        where(model, "edit", entry.pk),
        fields(model, "A better one", slug="a-new-one") | {"action-publish": "yes"},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    entry.refresh_from_db()
    assert entry.live
    assert entry.revisions.count() == 2
    first = entry.revisions.order_by("pk").first()
    assert getattr(first.as_object(), model.key_source) == "A new one"
    assert "publish" in editor.get(where(model, "history", entry.pk)).content.decode().lower()


@pytest.mark.parametrize("model", MODELS)
def test_a_preview_is_the_entrys_page_as_it_is_being_edited(site, model):
    entry = make_entry(model, "As published", **({"definition": "<p>x</p>"} if model is GlossaryTerm else {}))
    setattr(entry, model.key_source, "As edited")
    answer = entry.make_preview_request()
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "As edited" in html
    assert "As published" not in html


def test_a_preview_speaks_the_entrys_language(site):
    entry = make_entry(Person, "Ann Martin", lang="fr", mandate="Porte-parole")
    assert '<html lang="fr"' in entry.make_preview_request().content.decode()


def test_an_entry_that_has_no_key_yet_can_be_previewed(site):
    entry = Theme(name="New", locale=Locale.objects.get(language_code="en"))
    answer = entry.make_preview_request()
    assert answer.status_code == 200
    assert "New" in answer.content.decode()


def test_a_key_of_another_entry_is_refused_with_a_message(editor):
    make_entry(Theme, "Work")
    answer = editor.post(where(Theme, "add"), fields(Theme, "Other", slug="work"))
    assert answer.status_code == 200
    assert (
        "Another entry has this key" in answer.content.decode() or "already exists" in answer.content.decode()
    )


def test_territories_are_listed_as_a_tree(editor):
    europe = make_territory("Zeurope")
    france = make_territory("Mfrance", parent=europe)
    make_territory("Aude", parent=france)
    make_territory("Asia")
    rows = list(editor.get(where(Territory, "list")).context["object_list"])
    assert [row.name for row in rows] == ["Asia", "Zeurope", "Mfrance", "Aude"]
    assert "Zeurope › Mfrance" in editor.get(where(Territory, "list")).content.decode()


def test_a_list_can_be_narrowed_to_one_language(editor):
    original = make_entry(Theme, "Work")
    make_entry(Theme, "Travail", lang="fr", translation_of=original)
    rows = editor.get(where(Theme, "list"), {"locale": "fr"}).context["object_list"]
    assert [row.name for row in rows] == ["Travail"]


def test_entries_are_found_by_name(editor):
    make_entry(Organisation, "Pactes Locaux")
    make_entry(Organisation, "Objectif Plein Emploi")
    rows = editor.get(where(Organisation, "list"), {"q": "pactes"}).context["object_list"]
    assert [row.name for row in rows] == ["Pactes Locaux"]


def test_a_chooser_offers_each_entry_once_and_finds_it_by_its_name_in_any_language(editor):
    work = make_entry(Theme, "Work")
    make_entry(Theme, "Travail", lang="fr", translation_of=work)
    make_entry(Theme, "Économie", lang="fr")
    chooser = Theme.snippet_viewset.chooser_viewset.get_url_name("choose_results")

    def offered(**query) -> list[str]:
        return [row.name for row in editor.get(reverse(chooser), query).context["results"]]

    assert sorted(offered()) == ["Work", "Économie"]
    assert offered(q="travail") == ["Work"]
    assert offered(q="economie") == ["Économie"]
    assert offered(q="%") == []


@pytest.mark.parametrize("model", MODELS)
def test_every_chooser_opens(editor, model):
    make_entry(model, "Aude")
    chooser = model.snippet_viewset.chooser_viewset
    for view in ("choose", "choose_results"):
        assert "Aude" in editor.get(reverse(chooser.get_url_name(view))).content.decode()


def test_translating_through_the_editor_keeps_key_and_links(site):
    place = make_territory("France")
    original = make_entry(Organisation, "Pactes Locaux", territory=place, mandate="An informal network.")
    french = Locale.objects.get(language_code="fr")
    source, _created = TranslationSource.get_or_create_from_instance(original)
    translation = Translation.objects.create(source=source, target_locale=french)
    translation.save_target(publish=False)
    draft = Organisation.objects.get(locale=french)
    assert (draft.slug, draft.translation_key, draft.live) == (original.slug, original.translation_key, False)
    assert [row.locale.language_code for row in Organisation.objects.visible_to(None)] == ["en"]
    draft.get_latest_revision().publish()
    draft.refresh_from_db()
    assert draft.live
    assert draft.territory.translation_key == place.translation_key
