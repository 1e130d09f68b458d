"""What nobody sends who means well: scripts in every field, wrong methods, forged forms and ids, far too much of a thing."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.models import User
from cms.core.page_cache.stamp import bump_stamp
from cms.notifications.models import Notification
from forum.models import CategoryText, Mark, Member, Post, Topic
from forum.rules import MOST_MENTIONS, MarkKind, Trust
from forum.services import give_mark
from forum.services.repairing import repair_forum
from tests.forum.moderating import make_facilitator, reported
from tests.forum.talking import make_category, make_member, make_reply, make_topic, message
from tests.security.forum_secrets import Forum, public_forum
from tests.security.forum_table import TABLE, address_of, asked, requests_of, things_of

pytestmark = pytest.mark.django_db
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'
SIGNS = ("<script>alert", "<img src=x", "{{7*7}}49", ">49<")
HUGE = 10**18


@pytest.fixture
def forum(site) -> Forum:
    return public_forum()


def spoil(forum: Forum) -> None:
    """A script in every field that somebody fills in."""
    CategoryText.objects.update(name=EVIL[:80], description=EVIL)
    member = make_member(display_name=EVIL[:80])
    topic = make_topic(
        member, forum.open, EVIL, f"{EVIL}\n\n`{EVIL}`\n\n[{EVIL}](https://example.org/{EVIL})"
    )
    forum.topics["evil"], forum.posts["evil"] = topic, topic.posts.get()
    make_reply(
        forum.writer,
        topic,
        f"> {EVIL}\n\n[@{EVIL}](/forum/m/{member.pk}/) http://testserver/forum/p/{topic.pk}/",
    )
    forum.items = [reported(forum.posts["evil"], forum.people["member"], text=EVIL)]
    forum.people["evil"] = member


def test_a_script_in_any_field_is_text_on_every_page(forum):
    spoil(forum)
    bump_stamp()
    found = {}
    for who in (None, forum.people["evil"], forum.facilitator):
        client = Client()
        if who:
            client.force_login(who)
        for posting in (False, True):
            for address, data in asked(forum, posting=posting):
                data = data and {
                    name: EVIL if name in ("text", "reason", "title") else value
                    for name, value in data.items()
                }
                answer = client.get(address) if data is None else client.post(address, data)
                assert answer.status_code < 500, address
                if answer.headers.get("Content-Type", "").startswith("text/html"):
                    text = answer.content.decode()
                    if signs := [sign for sign in SIGNS if sign in text]:
                        found[address] = signs
    assert not found


def test_each_address_takes_only_its_own_methods(forum):
    client = Client()
    client.force_login(forum.facilitator)
    answers = {
        (name, method): client.generic(
            method, address_of(name, line, next(iter(things_of(line, forum)), 1))
        ).status_code
        for name, line in TABLE.items()
        for method in ("PUT", "DELETE", "PATCH")
    }
    assert set(answers.values()) == {405}, {key: code for key, code in answers.items() if code != 405}


def test_a_form_from_elsewhere_changes_nothing(forum):
    client = Client(enforce_csrf_checks=True)
    client.force_login(forum.facilitator)
    before = list(Post.objects.order_by("pk").values()), list(Topic.objects.order_by("pk").values())
    for name, line in TABLE.items():
        for _query, data in requests_of(line, forum):
            if data is not None:
                answer = client.post(address_of(name, line, next(iter(things_of(line, forum)), 1)), data)
                assert answer.status_code == 403, name
    assert before == (list(Post.objects.order_by("pk").values()), list(Topic.objects.order_by("pk").values()))


@pytest.mark.parametrize("number", [0, HUGE, 10**30])
def test_ids_that_nobody_gave_are_not_found(forum, number):
    client = Client()
    client.force_login(forum.facilitator)
    for name, line in TABLE.items():
        if line.ids not in {"topics", "posts", "people", "items", "pages"}:
            continue
        for query, data in requests_of(line, forum):
            address = address_of(name, line, number) + query
            answer = client.get(address) if data is None else client.post(address, data)
            # Mentions of somebody who has written nothing lead to the forum: so do those of nobody.
            assert answer.status_code in ({302} if name == "forum_member" else {404, 405}), address


def test_characters_that_no_database_holds_break_nothing(forum):
    client = Client()
    client.force_login(forum.people["member"])
    for name, line in TABLE.items():
        address = address_of(name, line, next(iter(things_of(line, forum)), 1))
        for values in (
            "q=%00&key=%00&page=%00&after=%00&day=%00&language=%00&list=%00",
            "q=%ED%A0%80&key=%FF&quote=%00",
        ):
            assert client.get(f"{address}?{values}").status_code < 500, address
        for _query, data in requests_of(line, forum):
            if data is not None:
                sent = {
                    key: f"{value}\0\ud800"[:40] if key in ("text", "reason", "title") else value
                    for key, value in data.items()
                }
                sent = {key: value.encode("utf-8", "surrogatepass") for key, value in sent.items()}
                assert client.post(address, sent).status_code < 500, address
    assert not [source for source in Post.objects.values_list("source", flat=True) if "\0" in source]


def test_two_hundred_mentions_tell_twenty(forum):
    people = [make_member() for _each in range(MOST_MENTIONS + 5)]
    ids = [person.pk for person in people] + [HUGE + number for number in range(175)]
    text = " ".join(f"[@a](/forum/m/{pk}/)" for pk in ids)
    make_reply(forum.writer, forum.topics["public"], text)
    told = Notification.objects.filter(recipient__in=people, kind="forum-mentions").count()
    assert 0 < told <= MOST_MENTIONS


def test_ten_thousand_marks_cost_nobody_anything(forum, client):
    post = forum.posts["public"]
    address = reverse("forum:topic", args=[forum.topics["public"].pk, forum.topics["public"].slug])
    _page, asked_before = asked_anew(client, address)
    users = User.objects.bulk_create(
        User(username=f"many{number}", email=f"many{number}@example.org") for number in range(10_000)
    )
    Mark.objects.bulk_create(
        (Mark(post=post, user=user, kind=MarkKind.AGREE) for user in users), batch_size=500
    )
    give_mark(forum.people["member"], post.pk, MarkKind.AGREE)
    post.refresh_from_db()
    assert post.marks == {"agree": 10_001}
    assert list(repair_forum(False, lambda text: None)) == []
    page, asked_after = asked_anew(client, address)
    assert "10,001" in page or "10001" in page
    assert asked_after == asked_before


def asked_anew(client, address: str) -> tuple[str, int]:
    """A page that nothing is kept of, and how many queries it took."""
    bump_stamp()
    with CaptureQueriesContext(connection) as asked_of_it:
        page = client.get(address).text
    return page, len(asked_of_it)


def test_a_member_who_is_renamed_is_found_under_the_new_name(forum, client):
    member = forum.people["member"]
    topic = forum.topics["public"]
    make_reply(forum.writer, topic, f"[@Mona](/forum/m/{member.pk}/), what do you say?")
    make_reply(member, topic, "I say bread.")
    member.display_name, member.username = "Monika", "monika"
    member.save()
    bump_stamp()
    page = client.get(reverse("forum:topic", args=[topic.pk, topic.slug])).content.decode()
    assert "Monika" in page
    leads = client.get(f"/forum/m/{member.pk}/", follow=True)
    assert leads.status_code == 200
    assert "Monika" in leads.content.decode()


def test_a_nonce_of_somebody_else_posts_nothing_of_theirs(forum):
    sent = message("Mine alone.", nonce=uuid4())
    from forum.services import reply

    theirs = reply(forum.writer, forum.topics["public"].pk, sent).post
    client = Client()
    client.force_login(forum.people["member"])
    address = reverse("forum:reply", args=[forum.topics["public"].pk])
    answer = client.post(address, {"text": "And mine.", "language": "en", "nonce": sent.nonce})
    assert answer.status_code == 302
    mine = Post.objects.get(author=forum.people["member"])
    assert (mine.source, mine.pk != theirs.pk) == ("And mine.", True)


def test_an_answer_to_a_post_of_another_topic_stands_for_itself(forum):
    elsewhere = make_topic(forum.writer, make_category())
    client = Client()
    client.force_login(forum.people["member"])
    address = reverse("forum:reply", args=[forum.topics["public"].pk])
    form = {"text": "Across.", "language": "en", "nonce": uuid4(), "reply_to": elsewhere.posts.get().pk}
    assert client.post(address, form).status_code == 302
    assert Post.objects.get(author=forum.people["member"]).reply_to is None


def test_a_facilitator_s_form_of_another_page_is_refused_in_words(forum):
    facilitator = make_facilitator()
    Member.objects.filter(user=facilitator).update(trust=Trust.MEMBER)
    client = Client()
    client.force_login(facilitator)
    topic = forum.topics["public"]
    address = reverse("forum:moderate_topic", args=[topic.pk])
    for data in (
        {},
        {"action": "burn"},
        {"action": "merge", "target": str(topic.pk)},
        {"action": "split", "ranges": "9-1"},
    ):
        assert client.post(address, data).status_code in {400, 422}, data
    topic.refresh_from_db()
    assert topic.posts_count == 2
