"""What somebody is writing is kept as they type; two windows are told of each other."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forum.models import Draft
from forum.services.drafts import MOST, remove_old_drafts, save_draft
from tests.forum.talking import make_member, make_topic, of

pytestmark = pytest.mark.django_db
DRAFTS = "/en/forum/drafts/"


@pytest.fixture
def author(site):
    return make_member(display_name="Ana Torres")


def kept(client: Client, text: str, window: str, sequence: int = 0, **more):
    sent = {"key": "topic:1", "text": text, "window": window, "sequence": sequence, **more}
    return client.post(DRAFTS, sent)


def test_a_draft_is_kept_and_counted(author):
    client = of(author)
    assert kept(client, "One", "a").json()["sequence"] == 1
    assert kept(client, "One two", "a", 1).json()["sequence"] == 2
    assert client.get(f"{DRAFTS}?key=topic:1").json()["data"]["text"] == "One two"
    assert kept(client, " ", "a", 2).json()["sequence"] == 0
    assert not Draft.objects.exists()


def test_two_windows_are_told_of_each_other(author):
    client = of(author)
    kept(client, "First", "a")
    told = kept(client, "Second", "b")
    assert told.status_code == 409
    assert told.json()["data"]["text"] == "First"
    assert Draft.objects.get().data["text"] == "First"
    # Whoever has seen the other text goes on from there; or says that theirs is to stay.
    assert kept(client, "Both", "b", told.json()["sequence"]).status_code == 200
    assert kept(client, "Mine", "a", 1, anyway="1").status_code == 200
    assert Draft.objects.get().data["text"] == "Mine"


def test_drafts_are_ones_own(author):
    kept(of(author), "Mine", "a")
    assert of(make_member()).get(f"{DRAFTS}?key=topic:1").json() == {"sequence": 0}
    assert Client().get(f"{DRAFTS}?key=topic:1").status_code == 401
    assert kept(Client(), "x", "a").status_code == 401


@pytest.mark.parametrize("key", ["", "topic:", "topic:x", "other:1", "topic:1:2", "x" * 400])
def test_a_key_that_is_none_is_refused(author, key):
    assert of(author).post(DRAFTS, {"key": key, "text": "x"}).status_code == 404


def test_more_than_a_draft_can_hold_is_cut_and_kept(author):
    kept(of(author), "x" * 150_000, "w" * 400)
    assert len(Draft.objects.get().data["text"]) == 100_000


def test_nobody_keeps_drafts_without_end(author):
    for number in range(MOST + 5):
        save_draft(author, f"topic:{number + 1}", {"text": "x"}, sequence=0, window="a")
    assert Draft.objects.count() == MOST
    Draft.objects.filter(key="topic:100").update(saved_at=timezone.now() - timedelta(days=181))
    remove_old_drafts()
    assert Draft.objects.count() == MOST - 1


def test_keeping_a_draft_makes_no_page_out_of_date(author, client):
    topic = make_topic(author)
    path = f"/en/forum/t/{topic.pk}-{topic.slug}/"
    before = client.get(path).headers["ETag"]
    kept(of(author), "x", "a")
    assert client.get(path).headers["ETag"] == before
