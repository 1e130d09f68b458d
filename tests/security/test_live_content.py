"""Roads by which somebody without the right to publish could change what readers see."""

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from initiatives.models import InitiativeFile, LibraryPage
from tests.factories.documents import make_document, make_user

pytestmark = pytest.mark.django_db

AUTHOR, EDITOR = "Authors", "Editors"
TRANSLATOR, REVIEWER = "Translators (es)", "Language reviewers (es)"
WITHOUT_PUBLISHING = [AUTHOR, TRANSLATOR, REVIEWER, "Translators (fr)"]


@pytest.fixture
def translated(site):
    """A document in English, its Spanish translation, both live, and a change of the original since."""
    original = make_document(title="Original")
    translate_object(original, [spanish()])
    translation = InitiativeFile.objects.get(locale=spanish())
    translation.title = "Traducido"
    translation.save_revision().publish()
    original.title = "Changed"
    original.save_revision().publish()
    return original, InitiativeFile.objects.get(pk=translation.pk)


def spanish() -> Locale:
    return Locale.objects.get(language_code="es")


def shown() -> list:
    """What readers see of all pages."""
    rows = Page.objects.filter(live=True).order_by("pk")
    return [
        *rows.values_list("pk", "title", "path", "slug", "alias_of", "locked"),
        *InitiativeFile.objects.filter(live=True).order_by("pk").values_list("pk", "summary"),
    ]


FORMS = {
    "publish the update of a translation": ("localize/update/{source}/", {"publish_translations": "on"}),
    "turn a translation into an alias": ("localize/page/{es}/convert_to_alias/", {}),
    "publish in the translation's editor": ("pages/{es}/edit/", {"action": "publish"}),
    "unpublish": ("pages/{es}/unpublish/", {}),
    "delete": ("pages/{es}/delete/", {}),
    "move": ("pages/{es}/move/{library_en}/confirm/", {}),
    "copy and publish": (
        "pages/{es}/copy/",
        {"new_title": "x", "new_slug": "x", "new_parent_page": "{library}", "publish_copies": "on"},
    ),
    "copy as a live alias": (
        "pages/{es}/copy/",
        {"new_title": "x", "new_slug": "x", "new_parent_page": "{library}", "alias": "on"},
    ),
    "lock": ("pages/{es}/lock/", {}),
    "close to readers": ("pages/{es}/privacy/", {"restriction_type": "login"}),
    "unpublish many": ("bulk/wagtailcore/page/unpublish/?id={es}", {}),
    "delete many": ("bulk/wagtailcore/page/delete/?id={es}", {}),
    "move many": ("bulk/wagtailcore/page/move/?id={es}", {"chooser": "{library_en}"}),
}
ACTIONS = {
    "unpublish": {},
    "delete": {},
    "move": {"destination_page_id": "{library_en}"},
    "copy": {"destination_page_id": "{library}", "slug": "x", "title": "x", "keep_live": True},
    "create_alias": {"destination_page_id": "{library}", "update_slug": "x"},
    "revert_to_page_revision": {"revision_id": "1"},
}


@pytest.mark.parametrize("role", WITHOUT_PUBLISHING)
def test_no_screen_changes_what_readers_see(translated, client, role):
    original, translation = translated
    names = {
        "source": TranslationSource.objects.get().pk,
        "es": translation.pk,
        "library": LibraryPage.objects.get(locale=spanish()).pk,
        "library_en": original.get_parent().pk,
    }

    def filled(data: dict) -> dict:
        return {
            key: value.format(**names) if isinstance(value, str) else value for key, value in data.items()
        }

    client.force_login(make_user(role))
    before = shown()
    for said, (address, data) in FORMS.items():
        client.post(f"/admin/{address.format(**names)}", filled(data))
        assert shown() == before, said
    for name, data in ACTIONS.items():
        address = f"/admin/api/main/pages/{translation.pk}/action/{name}/"
        client.post(address, filled(data), content_type="application/json")
        assert shown() == before, name
    assert Translation.objects.filter(enabled=True).exists()


def test_a_translator_of_another_language_reads_no_draft_by_asking_for_its_translation(site, client):
    draft = make_document(title="Not yet", publish=False)
    client.force_login(make_user(TRANSLATOR))
    address = f"/admin/localize/submit/page/{draft.pk}/"
    assert b"Not yet" not in client.get(address).content
    client.post(address, {"locales": [spanish().pk]})
    assert Page.objects.filter(translation_key=draft.translation_key).count() == 1
