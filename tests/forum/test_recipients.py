"""Whom a query finds and who may read say the same of everybody."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from cms.accounts.models import User
from forum.models import Category, CoFacilitator, Member
from forum.queries.recipients import facilitators_of, readers_of
from forum.rules import Access, sees_category
from forum.standing import standing_of
from tests.factories.documents import make_user
from tests.forum.talking import make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(site):
    """Accounts of all sorts, by name."""
    group = Group.objects.create(name="Preparing")
    categories = {
        "public": make_category(),
        "members": make_category(Access.MEMBERS),
        "closed": make_category(Access.GROUP, group=group),
        "another": make_category(Access.GROUP, group=Group.objects.create(name="Others")),
    }
    people = {
        name: make_user(role, name=name)
        for name, role in {
            "member": None,
            "inside": None,
            "suspended": None,
            "suspended-facilitator": "Facilitators",
            "suspended-before": None,
            "facilitator": "Facilitators",
            "administrator": "Administrators",
            "author": "Authors",
            "looks-after": None,
            "looks-after-es": None,
            "superuser": None,
        }.items()
    }
    for name in ("inside", "suspended"):
        people[name].groups.add(group)
    User.objects.filter(pk=people["superuser"].pk).update(is_superuser=True)
    now = timezone.now()
    for name in ("suspended", "suspended-facilitator"):
        Member.objects.create(user=people[name], suspended_until=now + timedelta(days=1))
    Member.objects.create(user=people["suspended-before"], suspended_until=now - timedelta(days=1))
    for name, language in (("looks-after", ""), ("looks-after-es", "es")):
        CoFacilitator.objects.create(user=people[name], category=categories["another"], language=language)
    return categories


def names(users) -> set[str]:
    return set(users.values_list("username", flat=True))


@pytest.mark.parametrize("name", ["public", "members", "closed", "another"])
def test_who_reads_a_category(everybody, name):
    category = everybody[name]
    now = timezone.now()
    expected = {
        user.username
        for user in User.objects.all()
        if sees_category(category.access, category.group_id, category.pk, standing_of(user), now)
    }
    assert names(readers_of(category)) == expected
    assert {"superuser", "facilitator"} <= expected
    assert {
        user.username for user in User.objects.all() if category in Category.objects.visible_to(user)
    } == expected


@pytest.mark.parametrize("languages", [("es",), ("fr",), ("fr", "es"), ()])
@pytest.mark.parametrize("name", ["public", "another"])
def test_who_looks_after_it(everybody, name, languages):
    category = everybody[name]
    expected = {
        user.username for user in User.objects.all() if standing_of(user).moderates(category.pk, *languages)
    }
    assert names(facilitators_of(category.pk, languages)) == expected
    assert "suspended-facilitator" not in expected


def test_who_looks_after_all_of_the_forum(everybody):
    expected = {user.username for user in User.objects.all() if standing_of(user).facilitator}
    assert names(facilitators_of(None)) == expected == {"facilitator", "administrator", "superuser"}


def test_an_account_that_is_closed_hears_of_nothing(everybody):
    User.objects.update(is_active=False)
    assert not readers_of(everybody["public"]).exists()
    assert not facilitators_of(None).exists()
