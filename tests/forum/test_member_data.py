"""A copy of all that the forum holds of somebody, and of nobody else."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from cms.notifications.models import Notification
from forum.models import DataExport, Draft, PostFile
from forum.rules import Access
from forum.services import edit_post, exporting, follow_category, give_mark, note_read
from forum.services.curating import move_topic
from forum.services.exporting import ask_for_copy, make_in_background, tend_copies
from forum.services.reviewing import answer_decision
from forum.services.sanctioning import note_about, sanction
from forum.services.translating import Offered, translate_post
from tests.forum.moderating import decided, make_facilitator, reported
from tests.forum.talking import make_category, make_member, make_reply, make_topic, of

pytestmark = pytest.mark.django_db
NOBODY_WORKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}


@pytest.fixture
def category(site):
    return make_category(slug="local-finance")


@pytest.fixture
def ana(site):
    return make_member(display_name="Ana")


def copy_for(user) -> zipfile.ZipFile:
    client = of(user)
    client.post("/en/forum/me/data/")
    answer = client.get("/en/forum/me/data/copy/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_everything_is_in_it(category, ana):
    facilitator = make_facilitator(display_name="Flora")
    topic = make_topic(ana, category, "Savings groups", "How *we* began.")
    post = topic.posts.get()
    edit_post(ana, post.pk, "How **we** began.", "en", seen=1)
    file = PostFile.objects.create(owner=ana, post=post, name="note.txt", size=5)
    file.file.save("note.txt", ContentFile(b"hello"))
    other = make_reply(make_member(), topic, "Somebody else's words.")
    translate_post(ana, other.pk, Offered("Palabras de otra persona.", "es", 1))
    give_mark(ana, other.pk, "thanks")
    Draft.objects.create(user=ana, key="topic:1", data={"text": "Half a thought"}, saved_at=timezone.now())
    note_read(ana, topic.pk, 2)
    follow_category(ana, category.pk, 3)
    reported(other, ana, "spam", "Looks like advertising.")
    item = reported(make_reply(ana, topic, "Rude words."), make_member(display_name="Rita"), text="So rude!")
    decided(facilitator, item, "remove", "Be kind.")
    answer_decision(ana, item.pk, "It was a joke.")
    sanction(facilitator, ana.pk, "silence", 1, "A day off.")
    note_about(facilitator, ana.pk, "Told her by mail.")

    copy = copy_for(ana)
    data = {
        name.removesuffix(".json"): json.loads(copy.read(name))
        for name in copy.namelist()
        if name.endswith(".json")
    }
    assert data["profile"][0]["display name"] == "Ana"
    assert data["topics"][0]["title"] == "Savings groups"
    assert data["posts"][0]["text"] == "How **we** began."
    assert data["posts"][0]["earlier texts"][0]["text"] == "How *we* began."
    assert [row["state"] for row in data["posts"]] == ["published", "deleted"]
    assert data["translations"][0]["text"] == "Palabras de otra persona."
    assert [row["mark"] for row in data["marks"]] == ["thanks"]
    assert data["drafts"][0]["text"] == "Half a thought"
    assert data["read"][0]["title"] == "Savings groups"
    assert data["followed"] == [{"category": "local-finance", "level": "watching"}]
    assert data["reports"][0]["text"] == "Looks like advertising."
    assert (data["decisions"][0]["reason"], data["decisions"][0]["your answer"]) == (
        "Be kind.",
        "It was a joke.",
    )
    assert data["silenced"][0]["reason"] == "A day off."
    assert data["notes"][0]["text"] == "Told her by mail."
    assert copy.read(data["posts"][0]["files"][0]) == b"hello"
    pages = "".join(copy.read(name).decode() for name in copy.namelist() if name.endswith(".html"))
    for words in ("How <strong>we</strong> began.", "A day off.", "Half a thought"):
        assert words in pages
    everything = pages + "".join(map(json.dumps, data.values()))
    for words in ("Rita", "So rude!", "Flora", "Somebody else's words."):
        assert words not in everything, words


def test_titles_of_what_they_may_not_read_any_more_are_not(category, ana):
    facilitator = make_facilitator()
    topic = make_topic(make_member(), category, "A secret title")
    note_read(ana, topic.pk, 1)
    closed = make_category(Access.GROUP, group=facilitator.groups.get())
    move_topic(facilitator, topic.pk, closed.pk)
    assert "A secret title" not in copy_for(ana).read("read.json").decode()


def test_a_copy_is_its_owner_s_alone(category, ana):
    make_topic(ana, category)
    copy_for(ana)
    assert of(make_member()).get("/en/forum/me/data/copy/").status_code == 404
    assert Client().get("/en/forum/me/data/copy/").status_code == 302
    assert Client().get("/en/forum/me/data/").status_code == 302


def test_a_large_one_is_made_in_the_background_and_told(category, ana, monkeypatch):
    monkeypatch.setattr(exporting, "SMALL", 0)
    make_topic(ana, category)
    client = of(ana)
    client.post("/en/forum/me/data/")
    assert "Download it" in client.get("/en/forum/me/data/").text
    assert Notification.objects.filter(recipient=ana, kind="forum-copies").count() == 1
    assert "is ready" in client.get("/en/me/notifications/").text


def test_while_it_is_made_one_waits(category, ana, monkeypatch, settings):
    settings.TASKS = NOBODY_WORKS
    monkeypatch.setattr(exporting, "SMALL", 0)
    make_topic(ana, category)
    first = ask_for_copy(ana)
    assert ask_for_copy(ana).asked_at == first.asked_at
    client = of(ana)
    assert "is being made" in client.get("/en/forum/me/data/").text
    assert client.get("/en/forum/me/data/copy/").status_code == 404
    assert make_in_background(ana.pk)
    assert not make_in_background(ana.pk)
    assert client.get("/en/forum/me/data/copy/").status_code == 200


def test_a_killed_worker_s_copy_is_made_anew_and_old_ones_go(category, ana, monkeypatch, settings):
    tasks = settings.TASKS
    settings.TASKS = NOBODY_WORKS
    monkeypatch.setattr(exporting, "SMALL", 0)
    make_topic(ana, category)
    ask_for_copy(ana)
    settings.TASKS = tasks
    now = timezone.now()
    assert tend_copies(now) == 0
    assert tend_copies(now + timedelta(minutes=20)) == 1
    made = DataExport.objects.get()
    assert made.ready_at is not None
    storage, name = made.file.storage, made.file.name
    assert storage.exists(name)
    assert tend_copies(now + timedelta(days=8)) == 1
    assert not DataExport.objects.exists()
    assert not storage.exists(name)


def test_a_new_copy_takes_the_place_of_the_one_before(category, ana):
    make_topic(ana, category)
    first = ask_for_copy(ana).file.name
    second = ask_for_copy(ana)
    assert second.file.name != first
    assert not second.file.storage.exists(first)


def test_many_posts_are_read_in_pages(category, ana, monkeypatch):
    monkeypatch.setattr(exporting, "ROWS_A_PAGE", 3)
    monkeypatch.setattr("forum.queries.member_data.AT_ONCE", 2)
    topic = make_topic(ana, category)
    for _each in range(6):
        make_reply(ana, topic)
    copy = copy_for(ana)
    assert len(json.loads(copy.read("posts.json"))) == 7
    assert {"posts-001.html", "posts-002.html", "posts-003.html"} <= set(copy.namelist())


def test_a_file_that_is_not_there_breaks_nothing(category, ana):
    PostFile.objects.create(
        owner=ana, post=make_topic(ana, category).posts.get(), name="x.txt", size=1, file="no/x.txt"
    )
    assert "posts.json" in copy_for(ana).namelist()


def test_a_slow_worker_leaves_nothing_beside_the_copy_of_the_next(
    category, ana, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.TASKS = NOBODY_WORKS
    monkeypatch.setattr(exporting, "SMALL", 0)
    make_topic(ana, category)
    export = ask_for_copy(ana)
    write_copy, kept = exporting.write_copy, export._meta.get_field("file").storage

    def slowly(copy, user):
        write_copy(copy, user)
        monkeypatch.setattr(exporting, "write_copy", write_copy)
        DataExport.objects.filter(pk=ana.pk).update(asked_at=timezone.now() - timedelta(minutes=20))
        assert tend_copies() == 1
        assert make_in_background(ana.pk)

    monkeypatch.setattr(exporting, "write_copy", slowly)
    assert not make_in_background(ana.pk)
    export.refresh_from_db()
    assert kept.listdir("forum/exports")[1] == [export.file.name.rpartition("/")[2]]
    assert Notification.objects.filter(recipient=ana, kind="forum-copies").count() == 1
