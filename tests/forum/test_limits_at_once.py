"""Limits hold for what one person does at the same moment too, each with a connection of its own, on the real database."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from forum.errors import TooMany
from forum.models import Post, PostFile, PostTranslation, Report, Topic
from forum.rules import Trust
from forum.services import edit_post, open_topic, translate_post
from forum.services import files as forum_files
from forum.services.reporting import report_post
from forum.services.translating import Offered
from tests.forum.racing import counts_right, told
from tests.forum.talking import make_category, make_member, make_reply, make_topic, message, said

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def author(site):
    return make_member()


@pytest.fixture
def newcomer(site):
    """Who may post three times in ten minutes, as their account was made just now."""
    return make_member(Trust.NEW)


def test_no_more_is_posted_at_the_same_moment_than_one_after_another(author, newcomer, at_once):
    topics = [make_topic(author) for _each in range(8)]
    results = at_once(*(lambda to=to: said(newcomer, to) for to in topics))
    assert [type(each) for each in told(results)] == [TooMany] * 5
    assert Post.objects.filter(author=newcomer).count() == 3


def test_nor_are_more_topics_opened(newcomer, at_once):
    category = make_category()
    results = at_once(*[lambda: open_topic(newcomer, category.pk, "Mine", message())] * 8)
    assert len(told(results)) == 5
    assert Topic.objects.count() == Post.objects.count() == 3


def test_nor_more_translations_offered(author, newcomer, at_once):
    topic = make_topic(author)
    posts = [make_reply(author, topic).pk for _each in range(8)]
    offers = [lambda pk=pk: translate_post(newcomer, pk, Offered("Autrement dit.", "fr", 1)) for pk in posts]
    assert len(told(at_once(*offers))) == 5
    assert PostTranslation.objects.count() == 3


def test_nor_more_reports_made(author, newcomer, at_once):
    topic = make_topic(author)
    posts = [make_reply(author, topic).pk for _each in range(8)]
    results = at_once(*(lambda pk=pk: report_post(newcomer, pk, "spam", "") for pk in posts))
    assert [type(each) for each in told(results)] == [TooMany] * 3
    assert Report.objects.count() == 5


def test_nor_more_files_attached_and_what_was_too_much_lies_nowhere(
    author, at_once, monkeypatch, settings, tmp_path
):
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(forum_files, "MOST_UNSENT", 3)
    results = at_once(
        *[lambda: forum_files.attach(author, SimpleUploadedFile("note.txt", b"Some words."))] * 8
    )
    assert [type(each) for each in told(results)] == [ValidationError] * 5
    kept = {row.file.name for row in PostFile.objects.all()}
    assert len(kept) == 3
    lying = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.txt")}
    assert lying == kept
    assert all(default_storage.exists(name) for name in kept)


def test_one_who_writes_everywhere_at_once_waits_for_no_row_for_ever(author, at_once):
    """Turns come before rows: with others who change the same posts and topics, nobody waits in a circle."""
    facilitator, topics = make_member(role="Facilitators"), [make_topic(author) for _each in range(3)]
    posts = [make_reply(author, topic) for topic in topics]
    verbs = [lambda to=to: said(author, to) for to in topics * 2]
    verbs += [lambda pk=post.pk: translate_post(author, pk, Offered("Autrement.", "fr", 1)) for post in posts]
    verbs += [
        lambda post=post: edit_post(facilitator, post.pk, "Milder.", "en", seen=1, reason="Mild.")
        for post in posts
    ]
    verbs += [lambda to=to: said(facilitator, to) for to in topics]
    assert told(at_once(*verbs)) == []
    assert counts_right()
