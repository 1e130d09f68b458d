"""The roads by which the translation library lets unapproved text out. Each is tried by everybody.

The numbers are those of `roads.SIXTEEN`, which says where the others are tried; 0 is another way to the same.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Page
from wagtail_localize.models import LocaleSynchronization, StringTranslation, Translation, TranslationSource

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.models import MemoryEntry
from cms.translations.queries.texts import survey_of
from cms.translations.services.claiming import claim
from cms.translations.services.drafting import save_segment
from cms.translations.services.library import share_with_library
from initiatives.models import Event
from tests.factories.documents import make_user
from tests.wiki.publishing import publish

from .roads import BY_EVERYBODY, ROLES, SIXTEEN
from .translating import fresh, make_reviewer, make_translator, public, take_in, task_of, translate

pytestmark = pytest.mark.django_db
SECRET = "Un titre que personne n'a approuvé"


@pytest.fixture(scope="module")
def world_of_module(event_of_module):
    event, translator, reviewer = event_of_module, make_translator(), make_reviewer()
    page = translate(translator, reviewer, task_of(event, "fr"))
    share_with_library(fresh(task_of(event, "fr")))
    publish(event, title="Workshops")
    take_in(event)
    task = fresh(task_of(event, "fr"))
    claim(translator, task.pk)
    (key,) = [each.segment.key for each in survey_of(task).standings if not each.text]
    save_segment(translator, task.pk, key, SECRET, seen=0)
    bump_stamp()
    return {
        "source": TranslationSource.objects.get().pk,
        "translation": Translation.objects.get().pk,
        "string": TranslationSource.objects.get().stringsegment_set.order_by("order").first().pk,
        "en": event.pk,
        "fr": page.pk,
        "spanish": page.locale_id,
    }


@pytest.fixture
def world(world_of_module, site):
    """A published translation, known to the library too; its source changed since; and a draft nobody approved.

    Made once for the module: what a test changes of it is undone after the test.
    """
    return world_of_module


def everything() -> dict:
    """What readers see, what Wagtail's lists show, and what the library would hand out as translated."""
    return {
        "pages": list(
            Page.objects.order_by("pk").values_list("pk", "title", "draft_title", "live", "alias_of")
        ),
        "events": list(Event.objects.order_by("pk").values_list("pk", "summary", "conclusions")),
        "strings": list(StringTranslation.objects.order_by("pk").values_list("data", "has_error")),
        "enabled": list(Translation.objects.values_list("enabled", flat=True)),
        "memory": list(MemoryEntry.objects.order_by("pk").values_list("source", "target")),
    }


PO = (
    'msgid ""\nmsgstr ""\n"X-WagtailLocalize-TranslationID: {translation}\\n"\n\n'
    'msgctxt "title"\nmsgid "Workshop"\nmsgstr "Forged"\n'
)
# (number, what, method, address, data)
ROADS = [
    (1, "publish from its editor", "post", "pages/{fr}/edit/", {"action": "publish", "body-count": "0"}),
    (2, "publish at once from its screen of updates", "post", "localize/update/{source}/", {"publish_translations": "on"}),
    (3, "replace the translation with an alias", "post", "localize/page/{fr}/convert_to_alias/", {}),
    (3, "the same, by the button in the editor", "post", "pages/{fr}/edit/", {"localize-convert-to-alias": "1"}),
    (13, "save the title", "put", "localize/translate/{translation}/strings/{string}/edit/", {"value": SECRET}),
    (4, "save one string", "put", "localize/translate/{translation}/strings/{string}/edit/", {"value": "Forged"}),
    (0, "replace an image or a link", "put", "localize/translate/{translation}/overrides/1/edit/", {"value": "1"}),
    (5, "give the page to the library's editor", "post", "pages/{fr}/edit/", {"localize-restart-translation": "1"}),
    (0, "upload a PO file", "post", "localize/translate/{translation}/pofile/upload/", "po"),
    (0, "translate by machine", "post", "localize/translate/{translation}/machine_translate/", {}),
    (0, "stop the translation", "post", "localize/translate/{translation}/disable/", {}),
    (14, "submit with all parents", "post", "localize/submit/page/{en}/", {"locales": ["{spanish}"], "include_subtree": "on"}),
    (16, "submit an entry", "post", "localize/submit/snippet/taxonomy/theme/1/", {"locales": ["{spanish}"]}),
]  # fmt: skip


def walk(client, road, world) -> int:
    _number, _what, method, address, data = road
    if data == "po":
        data = {
            "file": SimpleUploadedFile("fr.po", PO.format(**world).encode(), "text/x-gettext-translation")
        }
    else:
        data = {
            name: [each.format(**world) for each in value] if isinstance(value, list) else value
            for name, value in data.items()
        }
    send = getattr(client, method)
    if method == "put":
        return send(f"/admin/{address.format(**world)}", data, content_type="application/json").status_code
    return send(f"/admin/{address.format(**world)}", data).status_code


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_no_road_of_the_library_lets_anything_out(world, client, role):
    if role == "superuser":
        client.force_login(make_user(is_superuser=True))
    elif role:
        client.force_login(make_user(role))
    before = everything()
    for road in ROADS:
        assert walk(client, road, world) < 500, road[1]
        assert everything() == before, road[1]
    assert not Translation.objects.filter(enabled=True).exists()


def test_the_table_of_roads_is_whole():
    assert {road[0] for road in ROADS} - {0} == {
        number for number, road in SIXTEEN.items() if BY_EVERYBODY in road.tried_by
    }


@pytest.mark.parametrize("role", [None, "Authors", "Translators (es)", "Facilitators"], ids=str)
@pytest.mark.parametrize(
    "address",
    [
        "localize/translate/{translation}/preview/",
        "localize/translate/{translation}/pofile/download/",
        "localize/reports/translations/",
        "localize/api/snippets/taxonomy/theme/",
        "localize/update/{source}/",
    ],
)
def test_nor_is_anything_read_there(world, client, role, address):
    if role:
        client.force_login(make_user(role))
    answer = client.get(f"/admin/{address.format(**world)}")
    assert answer.status_code in (302, 403)
    assert SECRET not in answer.content.decode()


def test_the_library_would_not_publish_the_draft_even_if_asked(world):
    """Behaviours 1 and 13: what it has is what was approved."""
    Translation.objects.get().save_target(publish=False)
    assert SECRET not in str(everything())
    assert public(Event.objects.get(pk=world["fr"])).title == "FR Workshop"


def test_a_paragraph_that_was_removed_is_seen(event, world):
    """Behaviour 6: the library would call this up to date."""
    publish(event, conclusions="")
    take_in(event)
    assert task_of(event, "fr").segments_changed == 2


def test_words_survive_the_page_they_were_written_for(event, world):
    """Behaviours 9 and 10: the library forgets them with the page, and knows them on no other."""
    known = set(MemoryEntry.objects.values_list("source", "target"))
    Event.objects.get(pk=world["fr"]).delete()
    assert set(MemoryEntry.objects.values_list("source", "target")) == known
    assert ("We agreed.", "FR We agreed.") in known


def test_after_the_page_is_deleted_its_translation_is_to_do_again(event, world):
    Event.objects.get(pk=world["fr"]).delete()
    take_in(event)
    assert task_of(event, "fr").content_state == "missing"


def test_no_live_page_appears_in_a_language_by_itself(site, world):
    """Behaviour 14: aliases in the wrong language."""
    assert not LocaleSynchronization.objects.exists()
    assert not Page.objects.filter(alias_of__isnull=False).exists()
