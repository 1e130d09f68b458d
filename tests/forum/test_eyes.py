"""Whoever has the same eyes sees the same: a query prepared for one of them is right for all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.eyes import eyes_of
from forum.models import Category, Post, Topic
from forum.rules import NOBODY, Standing, Trust

pytestmark = pytest.mark.django_db
MOMENTS = st.sampled_from([None, datetime(2000, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)])
PEOPLE = st.just(NOBODY) | st.builds(
    Standing,
    user_id=st.integers(1, 5),
    trust=st.sampled_from([Trust.NEW, Trust.MEMBER, Trust.TRUSTED]),
    facilitator=st.booleans(),
    groups=st.frozensets(st.integers(1, 3), max_size=2),
    looks_after=st.frozensets(st.tuples(st.integers(1, 3), st.sampled_from(["", "fr"])), max_size=2),
    silenced_until=MOMENTS,
    suspended_until=MOMENTS,
)


def seen_by(who: Standing) -> list[str]:
    return [
        str(rows.order_by("pk").query)
        for rows in (
            Category.objects.visible_to(who),
            Topic.objects.visible_to(who),
            Topic.objects.reachable_by(who),
            Post.objects.visible_to(who),
            Post.objects.shown_to(who),
            Post.objects.reachable_by(who),
        )
    ]


@given(who=PEOPLE)
def test_the_same_eyes_see_the_same(who):
    assert seen_by(eyes_of(who).standing(who.user_id)) == seen_by(who)


@given(one=PEOPLE, other=PEOPLE)
def test_who_sees_something_else_has_other_eyes(one, other):
    if seen_by(one) != seen_by(other) and one.user_id == other.user_id:
        assert eyes_of(one) != eyes_of(other)
