"""Writing a document in the admin: what an author posts, previews and gets back."""

import json
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.taxonomy.models import Person, Theme
from cms.wiki.models import Submission
from initiatives.models import (
    DOCUMENT_TYPES,
    CallForInterest,
    Document,
    Event,
    InitiativeFile,
    LibraryPage,
    ReferenceCode,
)
from tests.factories.documents import make_document, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(site, client):
    user = make_user("Authors")
    client.force_login(user)
    return user


@pytest.fixture
def editor(site, client):
    user = make_user("Editors")
    client.force_login(user)
    return user


def library(lang="en") -> LibraryPage:
    return LibraryPage.objects.get(locale__language_code=lang)


COMMON = {
    "title": "A file written in the editor",
    "slug": "a-file",
    "summary": "What it is about.",
    "body": streamfield([("heading", "Where it began"), ("text", rich_text("<p>In a <b>village</b>.</p>"))]),
    "written_in": "",
    "date": "2010-04-01",
    "date_precision": "month",
    "provenance_document": "",
    "provenance_note": "",
    "licence": "cc-by-sa-4.0",
    "lead_image": "",
    "lead_image_alt": "",
    "seo_title": "",
    "search_description": "",
    "comments": inline_formset([]),
    **{
        name: inline_formset([])
        for name in ("contributors", "organisations", "relations", "references", "attachments", "territories")
    },
}
FILE = {
    "carried_by": "",
    "place": "Aude",
    "since": "1998",
    "state": "running",
    "website": "",
    "latitude": "",
    "longitude": "",
    **{name: rich_text("") for name in ("context", "what_is_done", "results", "difficulties", "lessons")},
}
CALL = {
    "issuer": "",
    **{name: rich_text("") for name in ("background", "remit", "expected_output")},
    "choices": inline_formset([{"label": "Food", "question": "interest"}]),
    "deadline_date": "2030-05-01",
    "deadline_time": "18:00",
    "time_zone": "Europe/Luxembourg",
    "working_languages": ["en", "fr"],
}


def form(**changes) -> dict:
    return flat({**COMMON, **FILE, **changes})


def flat(fields: dict) -> dict:
    """As a browser posts them: ticks under one name, all else nested."""
    ticks = {name: fields[name] for name in ("themes", "collections", "reply_readers") if name in fields}
    return nested_form_data({name: value for name, value in fields.items() if name not in ticks}) | ticks


def add(client, model=InitiativeFile, lang="en", **changes):
    fields = {**COMMON, **(CALL if model is CallForInterest else FILE), **changes}
    url = reverse("wagtailadmin_pages:add", args=["initiatives", model._meta.model_name, library(lang).pk])
    return client.post(url, flat(fields))


def problems(response) -> str:
    shown = response.context["form"]
    inner = {name: formset.errors for name, formset in shown.formsets.items()}
    return f"{shown.errors.as_json()} {inner}"


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


# --- Who reads the answers to a call ---------------------------------------------------------------


def test_whoever_writes_a_call_is_named_as_its_first_editor(author, client):
    url = reverse("wagtailadmin_pages:add", args=["initiatives", "callforinterest", library().pk])
    named = client.get(url).context["form"]["reply_readers"].value()
    assert [getattr(user, "pk", user) for user in named] == [author.pk]
    response = add(client, CallForInterest, reply_readers=[str(author.pk)])
    assert response.status_code == 302, problems(response)
    assert list(CallForInterest.objects.get().reply_readers.all()) == [author]


def test_another_editor_cannot_make_themselves_a_reader_of_the_answers(editor, client):
    reader = make_user("Authors")
    call = make_document(CallForInterest, deadline_date=date(2030, 5, 1), reply_readers=[reader])
    url = reverse("wagtailadmin_pages:edit", args=[call.pk])
    fields = {**COMMON, **CALL, "slug": call.slug, "reply_readers": [str(editor.pk)], "action-publish": "yes"}
    response = client.post(url, flat(fields))
    assert response.status_code == 302, problems(response)
    assert list(CallForInterest.objects.get(pk=call.pk).reply_readers.all()) == [reader]


def test_only_accounts_that_can_open_the_editor_are_offered_as_readers_of_the_answers(author, client):
    other, member = make_user("Editors"), make_user()
    left = make_user("Authors", is_active=False)
    url = reverse("wagtailadmin_pages:add", args=["initiatives", "callforinterest", library().pk])
    offered = set(client.get(url).context["form"].fields["reply_readers"].queryset)
    assert {author, other} <= offered
    assert not {member, left} & offered
    call = make_document(CallForInterest, deadline_date=date(2030, 5, 1), reply_readers=[author, member])
    url = reverse("wagtailadmin_pages:edit", args=[call.pk])
    # Who is named stays in sight, so that they can be taken out.
    assert member in client.get(url).context["form"].fields["reply_readers"].queryset


def test_lists_of_languages_are_labelled_as_other_fields_are(author, client):
    url = reverse("wagtailadmin_pages:add", args=["initiatives", "callforinterest", library().pk])
    assert client.get(url).context["form"].fields["working_languages"].label == "Working languages"


def test_only_readers_see_the_way_to_the_answers(editor, client):
    theirs = make_document(CallForInterest, deadline_date=date(2030, 5, 1))
    own = make_document(CallForInterest, deadline_date=date(2030, 5, 1), reply_readers=[editor])
    for call, seen in ((own, True), (theirs, False)):
        html = client.get(reverse("wagtailadmin_pages:edit", args=[call.pk])).content.decode()
        assert (f"/admin/calls/{call.pk}/replies/" in html) is seen
    listing = client.get(reverse("wagtailadmin_explore", args=[library().pk])).content.decode()
    assert f"/admin/calls/{own.pk}/replies/" in listing
    assert f"/admin/calls/{theirs.pk}/replies/" not in listing


def test_a_time_zone_that_does_not_exist_is_refused(author, client):
    response = add(client, CallForInterest, time_zone="Mars/Olympus")
    assert response.status_code == 200
    assert "time_zone" in response.context["form"].errors
    assert not Document.objects.exists()
