"""A topic's page: its posts by fixed ranges of numbers, what stands between them, and who sees what."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from forum.models import CoFacilitator, MovedPost, Post, Reading, Topic
from forum.rules import Access, TopicState, Trust
from forum.services import delete_post, edit_post, follow_topic, restore_post
from forum.services.drafts import save_draft
from tests.forum.talking import make_category, make_member, make_reply, make_topic, of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(site):
    return make_member(display_name="Ana Torres")


@pytest.fixture
def busy(site):
    """Somebody who may write as fast as they like."""
    return make_member(role="Facilitators")


def path(topic: Topic, page: int = 1) -> str:
    return f"/en/forum/t/{topic.pk}-{topic.slug}/" + (f"?page={page}" if page > 1 else "")


def numbers(answer) -> list[int]:
    return [int(number) for number in re.findall(r'id="post-(\d+)" data-post', answer.text)]


def test_pages_hold_fixed_ranges_whatever_was_deleted(busy, client):
    topic = make_topic(busy)
    for _each in range(24):
        make_reply(busy, topic)
    topic.refresh_from_db()
    assert numbers(client.get(path(topic))) == list(range(1, 21))
    assert numbers(client.get(path(topic, 2))) == list(range(21, 26))
    delete_post(busy, topic.posts.get(number=3).pk)
    assert numbers(client.get(path(topic))) == list(range(1, 21))
    assert numbers(client.get(path(topic, 2))) == list(range(21, 26))


@pytest.mark.parametrize(
    ("asked", "leads"), [("0", ""), ("x", ""), ("-1", ""), ("9", "?page=2"), ("9" * 30, "")]
)
def test_pages_that_are_none_lead_to_one(busy, client, asked, leads):
    topic = make_topic(busy)
    for _each in range(20):
        make_reply(busy, topic)
    answer = client.get(f"{path(topic)}?page={asked}")
    assert answer.status_code == 302
    assert answer.url == path(topic) + leads


def test_ids_that_no_database_holds_are_not_found(author, client):
    for wrong in (
        f"/en/forum/t/{10**30}-x/",
        f"/forum/p/{10**30}/",
        f"/en/forum/member/{10**30}/",
    ):
        assert client.get(wrong, follow=True).status_code == 404


def test_a_mention_of_nobody_leads_to_the_forum(author, client):
    for nobody in (author.pk, 10**30):
        assert client.get(f"/forum/m/{nobody}/", headers={"Accept-Language": "en"}).url == "/en/forum/"


def test_the_place_to_write_has_its_script_with_a_draft_and_without(author, client):
    """The empty form is kept, one with a draft is made anew."""
    topic = make_topic(author)
    empty = of(author).get(path(topic)).text
    save_draft(author, f"topic:{topic.pk}", {"text": "Half a thought"}, sequence=0, window="one")
    begun = of(author).get(path(topic)).text
    assert ("Half a thought" in empty, "Half a thought" in begun) == (False, True)
    assert all("js/forum-editor" in page and "data-composer" in page for page in (empty, begun))
    assert "js/forum-editor" not in client.get(path(topic)).text


def test_a_tombstone_says_by_whom_and_nothing_of_the_text(author, client):
    topic = make_topic(author)
    mine, theirs = (
        make_reply(author, topic, "My secret word"),
        make_reply(author, topic, "Another secret word"),
    )
    facilitator = make_member(role="Facilitators")
    delete_post(author, mine.pk)
    delete_post(facilitator, theirs.pk, "Off topic.")
    page = client.get(path(topic)).text
    assert "deleted by who wrote it" in page
    assert "deleted by a facilitator" in page
    assert "secret" not in page
    assert "Bring it back" not in page
    # Each may bring back what is theirs to bring back.
    assert of(author).get(path(topic)).text.count("Bring it back") == 1
    assert of(facilitator).get(path(topic)).text.count("Bring it back") == 1
    restore_post(author, mine.pk)
    assert "My secret word" in client.get(path(topic)).text


def test_edited_posts_say_so_and_lead_to_their_texts(author, client):
    topic = make_topic(author)
    post = make_reply(author, topic, "I was wrong.")
    assert "edited" not in client.get(path(topic)).text
    edit_post(author, post.pk, "I was right.", "en", seen=1)
    page = client.get(path(topic)).text
    assert f'href="/en/forum/p/{post.pk}/history/"' in page
    history = client.get(f"/en/forum/p/{post.pk}/history/").text
    assert re.search(r"<del>.*wrong.*</del>", history)
    assert re.search(r"<ins>.*right.*</ins>", history)


def test_the_texts_of_a_deleted_post_are_for_who_moderates(author, client):
    topic = make_topic(author)
    post = make_reply(author, topic, "Secret")
    delete_post(author, post.pk)
    history = f"/en/forum/p/{post.pk}/history/"
    assert client.get(history).status_code == 404
    assert of(author).get(history).status_code == 404
    assert "Secret" in of(make_member(role="Facilitators")).get(history).text


def test_what_waits_is_seen_by_its_author_alone(author, client):
    topic = make_topic(author)
    new = make_member(Trust.NEW)
    held = said(new, topic, "Waiting words").post
    assert "Waiting words" not in client.get(path(topic)).text
    assert "Waiting words" not in of(author).get(path(topic)).text
    page = of(new).get(path(topic)).text
    assert "Waiting words" in page
    assert "waits for a facilitator" in page
    assert of(new).get(f"/forum/p/{held.pk}/").url.endswith(f"#waiting-{held.pk}")
    assert client.get(f"/forum/p/{held.pk}/").status_code == 404
    assert of(author).get(f"/forum/p/{held.pk}/").status_code == 404


def test_a_topic_that_waits_is_seen_by_its_author_alone(site, author, client):
    new = make_member(Trust.NEW)
    make_topic(new, title="Mine waits")
    topic = Topic.objects.get()
    assert client.get(path(topic)).status_code == 404
    assert of(author).get(path(topic)).status_code == 404
    page = of(new).get(path(topic))
    assert page.status_code == 200
    assert "noindex" in page.text


def test_where_the_unread_posts_begin_is_shown_to_who_has_read_before(author):
    reader = make_member()
    topic = make_topic(author)
    for _each in range(3):
        make_reply(author, topic)
    assert 'id="unread"' not in of(reader).get(path(topic)).text
    Reading.objects.create(user=reader, topic=topic, last_read=2)
    page = of(reader).get(path(topic)).text
    assert page.index('id="post-2"') < page.index('id="unread"') < page.index('id="post-3"')
    Reading.objects.update(last_read=4)
    assert 'id="unread"' not in of(reader).get(path(topic)).text


def test_numbers_that_went_elsewhere_lead_there(author, client):
    topic, other = make_topic(author), make_topic(author)
    post = make_reply(author, topic)
    make_reply(author, topic)
    MovedPost.objects.create(topic=topic, number=2, post=post)
    Post.objects.filter(pk=post.pk).update(topic=other, number=2)
    page = client.get(path(topic)).text
    assert f'id="post-2" href="/forum/p/{post.pk}/"' in page
    assert client.get(f"/forum/p/{post.pk}/").url == f"{path(other)}#post-2"


def test_to_a_day(author, client):
    topic = make_topic(author)
    for day in (2, 3, 9):
        post = make_reply(author, topic)
        Post.objects.filter(pk=post.pk).update(published_at=datetime(2026, 3, day, 12, tzinfo=UTC))
    topic.posts.filter(number=1).update(published_at=datetime(2026, 3, 1, tzinfo=UTC))
    for day, number in [
        ("2026-03-03", 3),
        ("2026-03-04", 4),
        ("2020-01-01", 1),
        ("2027-01-01", 4),
        ("nonsense", 4),
        ("", 4),
    ]:
        answer = client.get(f"/en/forum/t/{topic.pk}/date/?day={day}")
        assert answer.url.endswith(f"#post-{number}"), day
    assert client.get("/en/forum/t/999999/date/?day=2026-03-03").status_code == 404


def test_each_post_is_in_its_language_and_direction(author, client):
    topic = make_topic(author)
    Post.objects.filter(topic=topic).update(language="ar")
    assert re.search(
        r'<div class="prose post-text original" lang="ar" dir="rtl">', client.get(path(topic)).text
    )


def test_closed_pinned_and_hidden_are_said(author):
    topic = make_topic(author)
    Topic.objects.filter(pk=topic.pk).update(closed=True, pinned=True)
    page = Client().get(path(topic)).text
    assert "no more replies are taken" in page
    assert ">pinned<" in page
    assert "composer" not in of(author).get(path(topic)).text
    facilitator = make_member(role="Facilitators")
    assert "composer" in of(facilitator).get(path(topic)).text
    Topic.objects.filter(pk=topic.pk).update(state=TopicState.HIDDEN)
    assert of(author).get(path(topic)).status_code == 404
    assert "This topic is hidden" in of(facilitator).get(path(topic)).text


def test_engines_are_told_of_public_topics_under_one_address(author, client):
    topic = make_topic(author, source="The *first* words of it.", language="fr")
    page = client.get(f"/en/forum/t/{topic.pk}-{topic.slug}/").text
    assert f'<link rel="canonical" href="{settings.BASE_URL}/fr/forum/t/{topic.pk}-{topic.slug}/">' in page
    assert 'hreflang="es"' not in page.partition("</head>")[0]
    assert '<meta name="description" content="The first words of it.">' in page
    assert "noindex" not in page
    members = make_topic(author, make_category(Access.MEMBERS))
    assert "noindex" in of(author).get(path(members)).text


def test_with_a_session_nothing_is_kept_and_without_one_all_may_be(author, client):
    topic = make_topic(author)
    assert client.get(path(topic)).headers["Cache-Control"].startswith("public")
    assert of(author).get(path(topic)).headers["Cache-Control"] == "private, no-store"
    assert "csrfmiddlewaretoken" not in client.get(path(topic)).text


def test_names_are_never_user_names_where_one_is_shown(author, client):
    topic = make_topic(author)
    page = client.get(path(topic)).text
    assert "Ana Torres" in page
    assert author.username not in page
    assert author.email not in page


def test_former_members_have_no_name(author, client):
    topic = make_topic(author)
    author.delete()
    page = client.get(path(topic))
    assert page.status_code == 200
    assert "A former member" in page.text


def test_who_facilitates_is_said(author, client):
    topic = make_topic(author)
    CoFacilitator.objects.create(category=topic.category, user=author, language="fr")
    facilitator = make_member(role="Facilitators")
    make_reply(facilitator, topic)
    assert client.get(path(topic)).text.count('<span class="state">facilitator</span>') == 2


def test_a_follower_of_a_topic_sees_the_same_page(author):
    topic = make_topic(author)
    follow_topic(author, topic.pk, 3)
    assert of(author).get(path(topic)).status_code == 200
