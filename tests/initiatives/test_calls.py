"""Answering a call: who may, until when, and who reads what was sent."""

import csv
import io
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from initiatives.models import CallChoice, CallForInterest, CallReply
from initiatives.queries.calls import next_deadline
from initiatives.services import CallClosed, forget_old_replies, reply_to_call
from initiatives.views import call as call_view
from initiatives.views.replies import as_csv, safe_cell
from tests.factories.documents import make_document, make_user

pytestmark = pytest.mark.django_db(transaction=False)

TYPED = {
    "organisation": "Coopérative du Gers",
    "contact_name": "Ana Etxea",
    "email": "ana@example.net",
    "phone": "+33 5 00 00 00 00",
    "address": "Place du marché",
    "message": "Nous voulons venir à trois.",
    "consent": "on",
}


def tomorrow() -> date:
    return (timezone.now() + timedelta(days=1)).date()


def make_call(lang="en", readers=(), **fields) -> CallForInterest:
    defaults = {
        "deadline_date": tomorrow(),
        "time_zone": "UTC",
        "choices": [
            CallChoice(question="interest", label="Food"),
            CallChoice(question="interest", label="Finance"),
            CallChoice(question="collaboration", label="Write a file"),
        ],
        "reply_readers": list(readers),
    }
    call = make_document(CallForInterest, lang, **(defaults | fields))
    for choice in call.choices.all():
        assert choice.locale_id == call.locale_id
    return call


def address(call, lang="en") -> str:
    return f"/{lang}/library/{call.slug}/reply/"


def typed(**changes) -> dict:
    return {**TYPED, "form_token": str(uuid4()), **changes}


@pytest.fixture
def call(site):
    return make_call()


def test_an_answer_is_kept_once_confirmed_by_mail_and_followed_by_a_page(
    call, client, django_capture_on_commit_callbacks
):
    food = call.choices.get(label="Food")
    data = typed(interests=[str(food.translation_key)], interests_other="Housing")
    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(address(call), data)
    with django_capture_on_commit_callbacks(execute=True):
        second = client.post(address(call), data)
    assert first.status_code == second.status_code == 302
    assert client.get(first.url).status_code == 200
    reply = CallReply.objects.get()
    assert reply.call_key == call.translation_key
    assert reply.interests == ["Food", "Housing"]
    assert [message.to for message in mail.outbox] == [["ana@example.net"]]
    assert "Coopérative du Gers" in mail.outbox[0].body
    assert call.title in mail.outbox[0].subject


def test_the_confirmation_is_in_the_language_of_the_form(site, client, django_capture_on_commit_callbacks):
    english = make_call()
    french = make_call("fr", title="Appel", translation_of=english)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(french, "fr"), typed())
    assert CallReply.objects.get().language == "fr"
    assert "Appel" in mail.outbox[0].subject
    assert f"/fr/library/{french.slug}/" in mail.outbox[0].body
    # A colon is set off in French.
    assert "Organisation\u00a0: Coopérative du Gers" in mail.outbox[0].body


def test_a_wrong_answer_says_what_and_where_and_keeps_what_was_typed(call, client):
    response = client.post(address(call), typed(email="not an address", consent=""))
    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="not an address"' in html
    assert "Nous voulons venir à trois." in html
    assert 'href="#id_email"' in html
    assert 'href="#id_consent"' in html
    assert not CallReply.objects.exists()


def test_the_form_is_never_cached_and_the_call_itself_is_without_a_cookie(call, client):
    form = client.get(address(call))
    assert form.headers["Cache-Control"] == "private, no-store"
    assert "csrftoken" in form.cookies
    assert form.context["noindex"]
    page = client.get(f"/en/library/{call.slug}/")
    assert not page.cookies
    assert b"csrf" not in page.content
    assert address(call).encode() in page.content


def test_a_forged_form_is_refused(call, django_user_model):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(call), typed()).status_code == 403
    assert not CallReply.objects.exists()


def test_past_the_deadline_the_form_is_gone_and_what_was_typed_is_given_back(site, client):
    call = make_call(deadline_date=date(2006, 4, 15), time_zone="Europe/Luxembourg")
    assert client.get(address(call)).status_code == 410
    response = client.post(address(call), typed())
    html = response.content.decode()
    assert response.status_code == 410
    assert "15 April 2006" in html
    assert "Europe/Luxembourg" in html
    assert "Nous voulons venir à trois." in html
    assert not CallReply.objects.exists()
    assert b"Closed since 15 April 2006" in client.get(f"/en/library/{call.slug}/").content


def test_the_deadline_is_the_moment_in_the_calls_own_time_zone(site):
    last = datetime(2030, 5, 1, 23, 59, tzinfo=ZoneInfo("Pacific/Auckland"))
    call = make_call(deadline_date=last.date(), deadline_time=time(23, 59), time_zone="Pacific/Auckland")
    assert call.is_open(last)
    assert not call.is_open(last + timedelta(seconds=1))
    # The evening of 1 May in Auckland is its noon in London.
    assert call.closes_at == datetime(2030, 5, 1, 11, 59, tzinfo=ZoneInfo("UTC"))


def test_an_answer_sent_before_and_repeated_after_the_deadline_is_still_confirmed(call, client, monkeypatch):
    data = typed()
    client.post(address(call), data)
    CallForInterest.objects.update(deadline_date=date(2006, 4, 15))
    assert client.post(address(call), data).status_code == 302
    assert CallReply.objects.count() == 1


def test_a_translation_that_is_behind_does_not_reopen_a_call(site):
    english = make_call(deadline_date=date(2006, 4, 15))
    french = make_call("fr", translation_of=english)
    with pytest.raises(CallClosed):
        reply_to_call(french, uuid4(), "fr", organisation="X", contact_name="Y", email="x@example.net")


def test_the_next_deadline_is_a_moment_at_which_the_page_changes(site):
    assert next_deadline() is None
    make_call(deadline_date=date(2006, 4, 15))
    later = make_call(deadline_date=tomorrow() + timedelta(days=9))
    soon = make_call(deadline_date=tomorrow(), time_zone="America/Toronto")
    assert soon.closes_at < next_deadline() < later.closes_at


def test_a_program_that_fills_in_every_field_is_stopped_with_nothing_lost(call, client):
    response = client.post(address(call), typed(homepage="https://spam.example"))
    assert response.status_code == 422
    assert "Nous voulons venir à trois." in response.content.decode()
    assert not CallReply.objects.exists()


def test_a_damaged_token_costs_one_more_click_and_no_text(call, client):
    food = call.choices.get(label="Food")
    response = client.post(address(call), typed(form_token="x", interests=[str(food.translation_key)]))
    html = response.content.decode()
    assert response.status_code == 422
    assert "Nous voulons venir à trois." in html
    assert response.context["form"]["interests"].value() == [str(food.translation_key)]
    assert response.context["form"]["form_token"].value() != "x"


def test_many_answers_from_one_connection_have_to_wait(call, client, monkeypatch):
    monkeypatch.setattr(call_view, "ANSWERS_ALLOWED", 2)
    statuses = [client.post(address(call), typed()).status_code for _number in range(3)]
    assert statuses == [302, 302, 429]
    assert CallReply.objects.count() == 2
    cache.clear()
    assert client.post(address(call), typed()).status_code == 302


READING = [
    # (who, may read)
    ("anonymous", False),
    ("a member", False),
    ("an author", False),
    ("an editor of the site", False),
    ("an editor of the call", True),
    ("a superuser", True),
]


@pytest.mark.parametrize(("who", "may"), READING)
def test_only_the_editors_of_a_call_read_export_and_delete_its_answers(site, client, who, may):
    named = make_user("Authors")
    call = make_call(readers=[named])
    reply = reply_to_call(
        call, uuid4(), "en", **{k: TYPED[k] for k in ("organisation", "contact_name", "email")}
    )
    users = {
        "a member": lambda: make_user(),
        "an author": lambda: make_user("Authors"),
        "an editor of the site": lambda: make_user("Editors"),
        "an editor of the call": lambda: named,
        "a superuser": lambda: make_user(is_superuser=True),
    }
    if who in users:
        client.force_login(users[who]())
    base = f"/admin/calls/{call.pk}/replies"
    for url in (f"{base}/", f"{base}.csv", f"{base}/{reply.pk}/delete/"):
        response = client.get(url)
        assert (response.status_code == 200) is may, url
        assert (b"ana@example.net" in response.content) is (may and "delete" not in url)
        if may:
            assert "no-store" in response.headers["Cache-Control"]
        else:
            assert response.status_code == (302 if who == "anonymous" else 403)
    client.post(f"{base}/{reply.pk}/delete/")
    assert CallReply.objects.filter(pk=reply.pk).exists() is not may


def test_answers_of_one_call_are_not_reached_through_another(site, client):
    reader = make_user("Authors")
    mine, other = make_call(readers=[reader]), make_call()
    reply = reply_to_call(other, uuid4(), "en", organisation="X", contact_name="Y", email="x@example.net")
    client.force_login(reader)
    assert client.get(f"/admin/calls/{mine.pk}/replies/{reply.pk}/delete/").status_code == 404
    client.post(f"/admin/calls/{mine.pk}/replies/{reply.pk}/delete/")
    assert CallReply.objects.filter(pk=reply.pk).exists()


@pytest.mark.parametrize("text", ["=1+1", "+352 00", "-2", "@SUM(A1)", "\tx", "\rx", "  =1"])
def test_no_cell_of_the_export_is_a_formula(text):
    assert safe_cell(text) == f"'{text}"
    assert safe_cell(f"a{text}") == f"a{text}"


def test_the_export_reads_back_with_accents_lists_and_line_breaks(call):
    reply_to_call(
        call,
        uuid4(),
        "fr",
        organisation="=cmd()",
        contact_name="Zoë, «x»",
        email="x@example.net",
        interests=["Food", "Ñandú"],
        message="one\ntwo",
    )
    raw = as_csv(CallReply.objects.all())
    assert raw.startswith(b"\xef\xbb\xbf")
    header, row = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    values = dict(zip(header, row, strict=True))
    assert "Zoë, «x»" in values.values()
    assert "'=cmd()" in values.values()
    assert "Food; Ñandú" in values.values()
    assert "one\ntwo" in values.values()


def test_answers_are_forgotten_when_the_promised_time_is_over(site):
    old, recent = make_call(), make_call()
    for call in (old, recent):
        reply_to_call(call, uuid4(), "en", organisation="X", contact_name="Y", email="x@example.net")
    old.deadline_date = date(2006, 4, 15)
    old.save()
    assert forget_old_replies() == 1
    assert CallReply.objects.get().call_key == recent.translation_key


def test_nothing_of_an_answer_is_public(call, client):
    client.post(address(call), typed())
    for url in (f"/en/library/{call.slug}/", address(call), f"{address(call)}received/", "/en/library/"):
        assert b"ana@example.net" not in client.get(url).content
    assert "ana@example.net" not in str(call.latest_revision.content)


def test_an_unknown_or_unpublished_call_has_no_form(site, client):
    draft = make_document(CallForInterest, publish=False)
    file = make_document()
    for slug in ("nowhere", draft.slug, file.slug):
        assert client.get(f"/en/library/{slug}/reply/").status_code == 404
