"""A session lasts until its end, and no cookie that somebody makes up is one."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.factories.documents import make_user

pytestmark = pytest.mark.django_db
PERSONAL = "/en/me/"


@pytest.fixture
def member(site) -> Client:
    client = Client()
    client.force_login(make_user())
    return client


def test_it_is_found_again(member):
    assert member.get(PERSONAL).status_code == 200


def test_it_ends(member):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert member.get(PERSONAL).status_code == 302


def test_it_ends_with_its_deletion(member):
    Session.objects.all().delete()
    assert member.get(PERSONAL).status_code == 302


@pytest.mark.parametrize(
    "made_up", ["", "x", "a" * 32, "a" * 5000, "ü" * 32, '"a\\000b' + "c" * 30 + '"', "' OR 1=1 --"]
)
def test_what_is_made_up_is_nobody(site, made_up):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    answer = client.get(PERSONAL, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={made_up}"})
    assert answer.status_code == 302
