"""Writing a document in the admin: what an author posts, previews and gets back."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, rich_text

from cms.taxonomy.models import Person, Theme
from cms.wiki.models import Submission
from initiatives.models import (
    DOCUMENT_TYPES,
    CallForInterest,
    Document,
    Event,
    InitiativeFile,
    ReferenceCode,
)
from tests.factories.documents import make_document
from tests.initiatives.editor_tools import add, form, library, problems

pytestmark = pytest.mark.django_db


def test_an_author_writes_a_draft_that_nobody_else_sees_and_that_has_no_code(author, client):
    theme = Theme.objects.create(slug="work", name="Work", locale=Locale.objects.get(language_code="fr"))
    person = Person.objects.create(
        slug="p", name="Yvon Poirier", sort_name="Poirier", locale=Locale.objects.get(language_code="en")
    )
    response = add(
        client,
        themes=[str(theme.pk)],
        contributors=inline_formset([{"person": str(person.pk), "part": "author"}]),
    )
    assert response.status_code == 302, problems(response)
    page = InitiativeFile.objects.get(slug="a-file")
    assert not page.live
    assert page.written_in == "en"
    assert list(page.themes.all()) == [theme]
    assert page.contributors.get().person == person
    assert not ReferenceCode.objects.exists()
    assert client.get("/en/library/a-file/").status_code == 404


def test_what_an_editor_publishes_is_public_and_has_its_code(editor, client):
    to_submitting = add(client, **{"action-submit": "yes"})
    version = Submission.objects.get().version
    only_editor = {"summary": "new", "significance": "addition", "version": version, "publish": "1"}
    response = client.post(to_submitting.url, only_editor)
    assert response.url == "/en/library/a-file/"
    assert ReferenceCode.objects.get().code == "IF2010-01"
    html = client.get("/en/library/a-file/").content.decode()
    assert re.search(r"<p[^>]*>In a <b>village</b>.</p>", html)
    assert "April 2010" in html


@pytest.mark.parametrize("model", DOCUMENT_TYPES, ids=lambda model: model.__name__)
def test_a_draft_of_every_type_can_be_previewed(author, client, model):
    page = make_document(model, title=f"Draft {model.__name__}", publish=False)
    page.title = "Changed since"
    page.save_revision()
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    html = response.content.decode()
    assert response.status_code == 200
    assert "Changed since</h1>" in html
    assert "public" not in response.headers.get("Cache-Control", "")


def test_a_page_that_was_never_saved_can_be_previewed_with_its_people(author, client):
    person = Person.objects.create(
        slug="p", name="Yvon Poirier", sort_name="Poirier", locale=Locale.objects.get(language_code="en")
    )
    url = reverse("wagtailadmin_pages:preview_on_add", args=["initiatives", "initiativefile", library().pk])
    data = form(contributors=inline_formset([{"person": str(person.pk), "part": "author"}]))
    assert client.post(url, data).json()["is_valid"]
    html = client.get(url).content.decode()
    assert "A file written in the editor</h1>" in html
    assert "Yvon Poirier" in html
    assert "/wiki/None/" not in html


def test_every_way_into_the_editor_opens(author, client):
    for model in DOCUMENT_TYPES:
        page = make_document(model)
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200, model
        url = reverse("wagtailadmin_pages:add", args=["initiatives", model._meta.model_name, library().pk])
        assert client.get(url).status_code == 200, model
    assert client.get(reverse("wagtailadmin_explore", args=[library().pk])).status_code == 200


# --- What is refused, with words beside the field ------------------------------------------------

REFUSED = [
    # (what, fields posted, where the message stands, a word of it)
    ("no title", {"title": ""}, "title", "required"),
    ("a word of the site as address", {"slug": "grid"}, "slug", "address of the site"),
    ("a summary too long", {"summary": "x" * 601}, "summary", "600"),
    ("a date that does not exist", {"date": "2010-02-30"}, "date", "valid date"),
    ("a year before any", {"since": "12"}, "since", "1000"),
    ("half a place on the map", {"latitude": "42.6"}, "__all__", "latitude and longitude"),
    ("a latitude beyond the pole", {"latitude": "95", "longitude": "1"}, "latitude", "90"),
    ("a web site that is none", {"website": "javascript:alert(1)"}, "website", "URL"),
]


@pytest.mark.parametrize(
    ("fields", "where", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_cannot_be_is_refused_with_words_and_nothing_is_lost(author, client, fields, where, words):
    response = add(client, **fields)
    assert response.status_code == 200
    assert words.lower() in json.dumps(response.context["form"].errors.get(where), ensure_ascii=False).lower()
    if "title" not in fields:
        assert b"A file written in the editor" in response.content
    assert not InitiativeFile.objects.exists()


def test_an_event_cannot_end_before_it_begins(author, client):
    event = {
        "starts": "2011-10-20",
        "ends": "2011-10-17",
        "registration_deadline": "",
        "venue": "",
        "venue_territory": "",
        "parent_event": "",
        "registered": "",
        "present": "",
        "conclusions": rich_text(""),
        **{
            name: inline_formset([])
            for name in ("sessions", "event_themes", "countries", "national_cases", "contributions")
        },
    }
    response = add(client, Event, **event)
    assert response.status_code == 200
    assert "before the beginning" in str(response.context["form"].errors["ends"])


def test_an_event_cannot_hold_the_event_it_is_part_of(editor, client):
    whole = make_document(Event, title="The whole")
    part = make_document(Event, title="A part", parent_event=whole)
    french = make_document(Event, lang="fr", translation_of=part, parent_event=whole)
    for inner in (whole, part, french):
        whole.parent_event = inner
        with pytest.raises(ValidationError) as caught:
            whole.clean()
        assert "part of itself" in str(caught.value.message_dict["parent_event"])


def test_a_document_cannot_be_related_to_itself_nor_to_its_translation(editor, client):
    page = make_document(title="Itself")
    french = make_document(lang="fr", translation_of=page)
    for target in (page, french):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        data = form(
            slug=page.slug,
            relations=inline_formset([{"kind": "see_also", "target": str(target.pk)}]),
        )
        response = client.post(url, data)
        assert response.status_code == 200
        assert "related to itself" in problems(response)
        response = client.post(url, form(slug=page.slug, provenance_document=str(target.pk)))
        assert "come from itself" in problems(response)


def test_a_time_zone_that_does_not_exist_is_refused(author, client):
    response = add(client, CallForInterest, time_zone="Mars/Olympus")
    assert response.status_code == 200
    assert "time_zone" in response.context["form"].errors
    assert not Document.objects.exists()
