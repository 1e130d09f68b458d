"""An account is closed: nobody is shown the name any more, and what was blanked is gone in every form."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from cms.accounts.leaving import close_account, one_step, work_on
from cms.accounts.models import Closing, User
from cms.notifications.models import Notification
from cms.translations.models import MemoryEntry
from forum.models import (
    Category,
    CoFacilitator,
    DataExport,
    Draft,
    EarlierTranslation,
    LogEntry,
    Mark,
    Member,
    Post,
    PostFile,
    PostTranslation,
    PostVersion,
    Reading,
    Report,
    ReviewItem,
    Sanction,
    StaffNote,
    Topic,
)
from forum.rules import PostState, TopicState, Trust
from forum.services import delete_post, edit_post, follow_topic, give_mark, note_read, open_topic
from forum.services.curating import close_topic
from forum.services.exporting import ask_for_copy
from forum.services.repairing import repair_forum
from forum.services.reporting import report_member
from forum.services.sanctioning import note_about, sanction
from forum.services.translating import Offered, translate_post
from tests.forum.moderating import counters, held_post, make_facilitator, reported
from tests.forum.talking import make_category, make_member, make_reply, make_topic, message, said

pytestmark = pytest.mark.django_db
NAME = "Anahita Ruiz"


@pytest.fixture
def category(site):
    return make_category(edit_minutes=None)


@pytest.fixture
def ana(site):
    return make_member(display_name=NAME)


def close(user, choice: str = "keep", credit: str = "former") -> None:
    close_account(user, {"forum": choice}, credit)
    assert not User.objects.filter(pk=user.pk).exists()


def mention(user, name: str = NAME) -> str:
    return f"[@{name}](/forum/m/{user.pk}/)"


def test_kept_posts_stay_under_nobody_s_name(category, ana, client):
    topic = make_topic(ana, category, "Savings groups", "How we began.")
    make_reply(make_member(), topic)
    close(ana)
    post = topic.posts.get(number=1)
    assert (post.author, post.author_name, post.source, post.state) == (
        None,
        "",
        "How we began.",
        "published",
    )
    assert counters(topic) == (2, 2, 2, 1, 2)
    page = client.get(f"/en/forum/t/{topic.pk}-savings-groups/").text
    assert NAME not in page
    assert "How we began." in page
    assert "former member" in page
    assert Topic.objects.get(pk=topic.pk).author is None


def test_blanked_posts_leave_a_tombstone_and_nothing_else(category, ana, client):
    topic = make_topic(make_member(), category)
    post = make_reply(ana, topic, "My secret word.")
    answer = make_reply(make_member(), topic, reply_to=post.pk)
    edit_post(ana, post.pk, "My secret word, again.", "en", seen=1)
    translator = make_member()
    translate_post(translator, post.pk, Offered("Mi secreta palabra.", "es", 2))
    file = PostFile.objects.create(owner=ana, post=post, name="secret.txt", size=6)
    file.file.save("secret.txt", ContentFile(b"secret"))
    storage, stored = file.file.storage, file.file.name
    remembered = MemoryEntry.objects.filter(path=f"forum.post.{post.pk}")
    assert remembered.exists()
    close(ana, "blank")
    post.refresh_from_db()
    assert (post.state, post.source, post.html, post.number) == (PostState.DELETED, "", "", 2)
    assert not PostVersion.objects.exists()
    assert not PostTranslation.objects.exists()
    assert not remembered.exists()
    assert not PostFile.objects.exists()
    assert not storage.exists(stored)
    assert counters(topic) == (2, 3, 3, 1, 2)
    assert Post.objects.get(pk=answer.pk).reply_to == post
    assert "secret" not in client.get(f"/en/forum/t/{topic.pk}/", follow=True).text


def test_a_topic_that_held_nothing_else_disappears_with_its_title(category, ana):
    alone = make_topic(ana, category, f"{NAME} asks")
    answered = make_topic(ana, category, "Who knows?")
    make_reply(make_member(), answered)
    close(ana, "blank")
    alone.refresh_from_db()
    assert (alone.state, alone.title) == (TopicState.EMPTY, "–")
    answered.refresh_from_db()
    assert (answered.state, answered.title) == (TopicState.OPEN, "Who knows?")


def test_what_was_never_public_or_taken_back_is_blanked_in_any_case(category, ana):
    new = make_member(Trust.NEW, display_name=NAME)
    topic = make_topic(make_member(), category)
    held = said(new, topic, "Waits.").post
    opened = open_topic(new, category.pk, "Held topic", message("Waits too.")).post
    deleted = make_reply(ana, topic, "Taken back.")
    delete_post(ana, deleted.pk)
    removed = make_reply(ana, topic, "Taken away.")
    delete_post(make_facilitator(), removed.pk, "Rude")
    for user in (new, ana):
        close(user)
    for post in (held, opened, deleted, removed):
        post.refresh_from_db()
        assert (post.source, post.html, post.author) == ("", "", None)
    assert not ReviewItem.objects.filter(state="waiting").exists()
    assert Topic.objects.get(pk=opened.topic_id).title == "–"


# --- In the texts of others


def test_mentions_become_a_former_member_in_each_language(category, ana, client):
    topic = make_topic(make_member(), category)
    writer = make_member()
    english = make_reply(writer, topic, f"As {mention(ana)} said: *bread*.")
    french = make_reply(
        writer, topic, f"> [#1](/forum/p/1/) {mention(ana, 'Ana')}\n>\n> Du pain.\n\nOui.", language="fr"
    )
    assert NAME in english.html
    edit_post(writer, english.pk, f"As {mention(ana)} said: *bread*!", "en", seen=1)
    translate_post(make_member(), english.pk, Offered(f"Como dijo {mention(ana)}.", "es", 2))
    translate_post(make_member(), english.pk, Offered(f"Lo que dijo {mention(ana)}.", "es", 2, based_on=1))
    draft = Draft.objects.create(
        user=writer,
        key="topic:1",
        data={"text": f"Dear {mention(ana)},", "language": "en"},
        saved_at=timezone.now(),
    )
    close(ana)
    english.refresh_from_db()
    assert english.source == "As a former member said: *bread*!"
    assert english.html == "<p>As a former member said: <em>bread</em>!</p>"
    french.refresh_from_db()
    assert "Ana" not in french.source + french.html
    assert "[#1](/forum/p/1/) un ancien membre" in french.source or "/forum/m/" not in french.source
    for row in (PostVersion.objects.get(), PostTranslation.objects.get()):
        assert NAME not in row.source + row.html
        assert f"/forum/m/{ana.pk}/" not in row.source + row.html
    assert NAME not in EarlierTranslation.objects.get().source
    draft.refresh_from_db()
    assert draft.data["text"] == "Dear a former member,"
    assert draft.sequence == 2
    assert not MemoryEntry.objects.filter(target__contains=NAME).exists()


def test_a_text_open_for_editing_is_told_that_it_changed(category, ana):
    from forum.services.editing import Changed

    writer = make_member()
    post = make_reply(writer, make_topic(make_member(), category), f"Hello {mention(ana)}.")
    translate_post(make_member(), post.pk, Offered("Hola.", "es", 1))
    seen = post.version
    close(ana)
    with pytest.raises(Changed):
        edit_post(writer, post.pk, f"Hello {mention(ana)}!", "en", seen=seen)
    post.refresh_from_db()
    assert PostTranslation.objects.get().post_version == post.version, "no translation is behind for it"
    assert not post.versions.exists()


@pytest.mark.parametrize(
    ("source", "then"),
    [
        ("[@A](/forum/m/7/) and [@B](/forum/m/77/)", "X and [@B](/forum/m/77/)"),
        (r"[@A \[x\] \*b\*](/forum/m/7/)", "X"),
        ('[@A](<http://testserver/forum/m/7/> "title")', "X"),
        ("[@A](/forum/m/7/)[@A](/forum/m/7/)", "XX"),
        ("see /forum/m/7/ there", "see /forum/m/7/ there"),
        ("[a](/x) [@A](/forum/m/7/)", "[a](/x) X"),
        ("[" * 5000 + "@A](/forum/m/7/)", "[" * 4999 + "X"),
    ],
)
def test_which_links_are_mentions(source, then):
    from forum.services.forgetting import without_mentions

    assert without_mentions(source, 7, "X") == then


# --- What they did


def test_what_they_did_goes_and_counts_right(category, ana):
    topic = make_topic(make_member(), category)
    post = topic.posts.get()
    for user in (ana, make_member()):
        give_mark(user, post.pk, "thanks")
    give_mark(ana, post.pk, "bookmark")
    note_read(ana, topic.pk, 1)
    follow_topic(ana, topic.pk, 3)
    Draft.objects.create(user=ana, key="topic:1", saved_at=timezone.now())
    CoFacilitator.objects.create(category=category, user=ana)
    ask_for_copy(ana)
    copy = DataExport.objects.get().file
    facilitator = make_facilitator()
    sanction(facilitator, ana.pk, "silence", 1, "Oh.")
    note_about(facilitator, ana.pk, "Hm.")
    close(ana)
    post.refresh_from_db()
    assert post.marks == {"thanks": 1}
    assert Mark.objects.count() == 1
    for model in (Reading, Draft, CoFacilitator, DataExport, Sanction, StaffNote):
        assert not model.objects.filter(user=ana.pk).exists(), model
    assert not Member.objects.filter(pk=ana.pk).exists()
    assert not copy.storage.exists(copy.name)
    assert list(repair_forum(write=False, say=lambda text: None)) == []


def test_reports_stay_for_who_decides_without_a_name(category, ana):
    post = make_reply(make_member(), make_topic(make_member(), category))
    item = reported(post, ana, text="Rude.")
    theirs = make_reply(ana, make_topic(make_member(), category))
    about_their_post = reported(theirs)
    report_member(make_member(), ana.pk, "spam", "")
    close(ana)
    report = Report.objects.get(item=item)
    assert (report.reporter, report.text) == (None, "Rude.")
    about_their_post.refresh_from_db()
    assert (about_their_post.state, about_their_post.member) == ("waiting", None)
    assert not ReviewItem.objects.filter(kind="member").exists()
    client = Client()
    client.force_login(make_facilitator())
    page = client.get("/en/forum/review/").text
    assert "Rude." in page
    assert NAME not in page


def test_a_facilitator_who_leaves_is_named_nowhere(category):
    flora = make_facilitator(display_name="Flora")
    topic = make_topic(make_member(), category)
    delete_post(flora, make_reply(make_member(), topic).pk, "Off topic")
    close_topic(flora, topic.pk, True)
    close(flora, credit="name")
    assert set(LogEntry.objects.values_list("actor", "actor_name")) == {(None, "")}
    assert "Flora" not in Client().get(f"/en/forum/t/{topic.pk}/log/").text
    assert ReviewItem.objects.get().decided_by is None


def test_what_others_were_told_forgets_the_name(category, ana):
    watcher = make_member()
    topic = make_topic(make_member(), category)
    follow_topic(watcher, topic.pk, 3)
    make_reply(ana, topic)
    assert Notification.objects.filter(recipient=watcher, actor=ana).exists()
    close(ana, credit="name")
    assert set(Notification.objects.values_list("actor_name", flat=True)) == {""}


# --- In steps


def test_each_step_is_small_and_one_that_was_killed_is_done_again(category, ana, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
    from cms.accounts.closing import parts

    topics = [make_topic(make_member(), category) for _each in range(3)]
    posts = [make_reply(ana, topic, f"Words of mine, number {topic.pk}.") for topic in topics]
    make_reply(make_member(), topics[0], f"Hello {mention(ana)}.")
    close_account(ana, {"forum": "blank"}, "former")
    forum = next(part for part in parts() if part.code == "forum")
    steps = 0
    while not Closing.objects.get().is_done("forum"):
        before = Closing.objects.get()
        one_step(before, forum)
        steps += 1
        if steps in (1, 2, 8):
            # What the step did is there, that it did is not: the worker was killed in between.
            again = Closing.objects.get()
            again.progress = {**again.progress, "forum": before.progress.get("forum") or {}}
            one_step(again, forum)
    assert steps > 10
    for post in posts:
        post.refresh_from_db()
        assert (post.state, post.source) == (PostState.DELETED, "")
    assert all(counters(topic)[0] in (1, 2) for topic in topics)
    Closing.objects.update(busy_until=None)
    work_on(ana.pk)
    assert not User.objects.filter(pk=ana.pk).exists()
    assert list(repair_forum(write=False, say=lambda text: None)) == []


def test_an_account_that_was_never_used_costs_no_search(site, django_assert_max_num_queries):
    from forum.services.erasing import step
    from tests.factories.documents import make_user

    user = make_user()
    with django_assert_max_num_queries(2):
        assert step(user, "keep", {}) is None


def test_deleted_by_an_administrator_the_same_is_done(category, ana):
    topic = make_topic(make_member(), category)
    post = make_reply(ana, topic, "Stays.")
    other = make_reply(make_member(), topic, f"Hello {mention(ana)}.")
    ana.delete()
    for one in (post, other):
        one.refresh_from_db()
    assert (post.author, post.source) == (None, "Stays.")
    assert NAME not in other.source
    assert Category.objects.get().posts_count == 3


def test_held_posts_of_others_are_looked_through_too(category, ana):
    held = held_post(category, f"Hello {mention(ana)}, I am new.")
    close(ana)
    held.refresh_from_db()
    assert held.source == "Hello a former member, I am new."
    assert ReviewItem.objects.get().version == 1
