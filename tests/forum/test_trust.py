"""Trust grows by time and by posts that still stand, never by clicking; and what new accounts may not do yet."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.accounts.models import User
from forum.errors import TooMany
from forum.holding import links_allowed, posts_allowed, trust
from forum.models import Member, Post, WatchedWord
from forum.rules import NOBODY, Standing, Trust
from forum.services import delete_post, give_mark, note_read
from forum.services.trusting import recount_due_trust
from forum.standing import forget_standing
from tests.forum.moderating import decided, held_post, item_of, make_facilitator
from tests.forum.talking import make_category, make_member, make_reply, make_topic, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(site):
    return make_category(holding="nobody")


@pytest.fixture
def topic(category):
    return make_topic(make_member(), category)


def member_of(days: float, posts: int, topic, kept_for: float = 1.5):
    """Somebody whose account is so old, with so many posts that have stood for so long."""
    user = make_member(Trust.NEW)
    facilitator = make_facilitator()  # whose own posts are not stopped by the pace
    made = [make_reply(facilitator, topic) for _each in range(posts)]
    moment = timezone.now() - timedelta(days=kept_for)
    Post.objects.filter(pk__in=[post.pk for post in made]).update(author=user, published_at=moment)
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=days))
    return user


def counted(user) -> tuple[int, int, int]:
    Member.objects.filter(user=user).update(trust_checked_at=None)
    recount_due_trust()
    member = Member.objects.get(user=user)
    return (member.trust, member.kept_posts, member.removed_posts)


def test_by_time_and_kept_posts(topic):
    assert counted(member_of(2, 2, topic)) == (Trust.MEMBER, 2, 0)
    assert counted(member_of(2, 1, topic)) == (Trust.NEW, 1, 0)
    assert counted(member_of(0.5, 2, topic)) == (Trust.NEW, 2, 0)
    assert counted(member_of(90, 20, topic)) == (Trust.TRUSTED, 20, 0)


def test_posts_of_today_do_not_count_yet(topic):
    assert counted(member_of(2, 5, topic, kept_for=0.9)) == (Trust.NEW, 0, 0)


def test_what_facilitators_took_away_weighs_what_the_author_took_back_does_not(topic):
    user = member_of(90, 22, topic)
    posts = list(Post.objects.filter(author=user))
    delete_post(user, posts[0].pk)
    assert counted(user) == (Trust.TRUSTED, 21, 0)
    delete_post(make_facilitator(), posts[1].pk, "Spam")
    assert counted(user) == (Trust.MEMBER, 20, 1)


def test_never_by_clicking(topic):
    user = make_member(Trust.NEW)
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=400))
    for _each in range(30):
        post = make_reply(make_facilitator(), topic)
        give_mark(user, post.pk, "agree")
        note_read(user, topic.pk, post.number)
    assert counted(user) == (Trust.NEW, 0, 0)


def test_an_author_nobody_knew_is_found(topic):
    user = member_of(3, 3, topic)
    Member.objects.filter(user=user).delete()
    assert recount_due_trust() >= 1
    assert Member.objects.get(user=user).trust == Trust.MEMBER


def test_looked_at_lately_they_wait(topic):
    user = member_of(3, 3, topic)
    Member.objects.update(trust_checked_at=timezone.now())
    assert recount_due_trust() == 0
    Member.objects.filter(user=user).update(trust_checked_at=timezone.now() - timedelta(hours=4))
    assert recount_due_trust() == 1


def test_a_refusal_counts_at_once(site):
    post = held_post(make_category())
    decided(make_facilitator(), item_of(post), "refuse")
    assert Member.objects.get(user=post.author).removed_posts == 1


def test_the_table_of_trust():
    assert trust(1000, 25) == Trust.TRUSTED
    assert trust(1000, 25, removed_posts=2) == Trust.MEMBER
    assert trust(1000, 5, removed_posts=1) == Trust.NEW


# --- Suspicion


@pytest.mark.parametrize(
    ("trusted", "age", "posts"),
    [
        (Trust.NEW, timedelta(minutes=5), 3),
        (Trust.NEW, timedelta(hours=23), 3),
        (Trust.NEW, timedelta(hours=25), 5),
        (Trust.NEW, None, 5),
        (Trust.MEMBER, timedelta(hours=1), 20),
        (Trust.MEMBER, timedelta(days=30), 20),
        (Trust.TRUSTED, timedelta(days=90), 60),
    ],
)
def test_the_pace_by_trust_and_age_of_the_account(trusted, age, posts):
    now = timezone.now()
    who = Standing(1, trusted, since=now - age if age is not None else None)
    assert posts_allowed(who, now) == (posts, 600)


@pytest.mark.parametrize(("days", "posts"), [(0, 3), (2, 5)])
def test_a_new_member_posts_as_many_as_their_account_is_old(topic, days, posts):
    user = make_member(Trust.NEW, date_joined=timezone.now() - timedelta(days=days))
    for _each in range(posts):
        said(user, topic)
    with pytest.raises(TooMany):
        said(user, topic)


def test_links_by_trust_and_age_of_the_account(topic):
    now = timezone.now()
    young = Standing(1, Trust.NEW, since=now - timedelta(hours=1))
    older = Standing(1, Trust.NEW, since=now - timedelta(days=2))
    assert [links_allowed(who, now) for who in (young, older, Standing(1, Trust.MEMBER), NOBODY)] == [
        0,
        2,
        10,
        2,
    ]
    user = make_member(Trust.NEW)
    link = "Look at https://example.com/{} please."
    assert said(user, topic, link.format(1)).held
    assert not said(user, topic, "Look at /en/library/ please.").held
    User.objects.filter(pk=user.pk).update(date_joined=now - timedelta(days=2))
    user = User.objects.get(pk=user.pk)
    assert not said(user, topic, link.format(2)).held
    assert said(user, topic, " ".join(f"https://example.com/{number}" for number in range(3))).held
    many = " ".join(f"https://example.org/{number}" for number in range(3))
    assert not said(make_member(), topic, many).held


def test_the_same_text_by_another_waits(topic):
    text = "A long sentence that somebody has other accounts post as well."
    assert not said(make_member(), topic, text).held
    posted = said(make_member(), topic, text.upper())
    assert item_of(posted.post).why == ["repeated"]
    assert not said(make_member(), topic, "Thank you!").held
    assert not said(make_member(), topic, "Thank you!").held
    Post.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert not said(make_member(), topic, text).held


def test_words_to_hold_are_found_behind_hidden_letters(topic):
    WatchedWord.objects.create(word="Cheap  Watches")
    for text in ("cheap watches", "CHEAP\u200b WATCHES", "ｃｈｅａｐ watches", "che\u00adap watches"):
        assert item_of(said(make_member(), topic, f"Buy {text} now").post).why == ["word"], text
    assert not said(make_member(), topic, "watches are cheap").held


def test_a_standing_that_was_kept_is_forgotten(topic):
    user = member_of(3, 3, topic)
    assert counted(user)[0] == Trust.MEMBER
    forget_standing(user)
    assert not said(user, topic, "Two links: https://example.com/a https://example.com/b").held
