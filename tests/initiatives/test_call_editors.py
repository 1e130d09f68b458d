"""Who reads the answers to a call is named in its editor, by those who read them."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from initiatives.models import CallForInterest, CallReply
from initiatives.services import reply_to_call
from tests.factories.documents import make_document, make_user
from tests.initiatives.editor_tools import CALL, COMMON, add, flat, library, problems

pytestmark = pytest.mark.django_db


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


def test_the_list_of_answers_writes_dates_as_the_site_does(site, client):
    reader = make_user("Authors")
    call = make_document(CallForInterest, deadline_date=date(2030, 5, 1), reply_readers=[reader])
    reply = reply_to_call(call, uuid4(), "en", organisation="X", contact_name="Y", email="x@example.net")
    CallReply.objects.filter(pk=reply.pk).update(
        created_at=datetime(2026, 3, 4, 15, 6, tzinfo=ZoneInfo("UTC"))
    )
    client.force_login(reader)
    assert "4 March 2026, 15:06 UTC" in client.get(f"/admin/calls/{call.pk}/replies/").content.decode()
