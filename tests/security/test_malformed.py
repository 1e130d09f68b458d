"""Addresses, methods and forms that no link and no form of the site makes: never an error of the server."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from initiatives.models import CallForInterest, CallReply
from tests.factories.documents import make_document, make_user

pytestmark = pytest.mark.django_db

HUGE = "99999999999999999999"
ADDRESSES = f"""
/en/wiki/{HUGE}/ /en/wiki/{HUGE}/edit/ /en/wiki/0/ /en/wiki/1/ /en/wiki/1/edit/ /en/wiki/-1/
/files/{HUGE}/x /files/1/%00 /admin/calls/{HUGE}/replies/ /admin/calls/{HUGE}/replies.csv
/admin/calls/1/replies/{HUGE}/delete/ /%ff /%00 /en/%ff/ /en/%00/ /en/library/%00/ /en/library/%ff%fe/
/en/library/%00/reply/ /en/people/%00/ /en/glossary/%ff/ /en/themes/'%22%3E/ /en/collections/%00/
/media/images/%00 /media/images/../original_images/x.png /media/images/%2e%2e/db.png /media/images//etc/passwd.png
/accounts/language/%00/ /accounts/password/reset/key/%00-%00/ /accounts/password/reset/key/{HUGE}-a-b/
/accounts/confirm-email/%00/ /en/_util/authenticate_with_password/{HUGE}/1/ /files/authenticate_with_password/1/
/ar/library/ /xx/ /EN/ /en-GB/ /en //en/ /en/library /en/{"x" * 5000}/
""".split()
QUERIES = [
    f"page={HUGE}",
    "page=-1&page=%00",
    "page[]=1",
    "type=%00&type=%ff",
    f"year={HUGE}",
    "year=9999-1",
    "year_from=%00&year_to=x",
    "theme=" + "x" * 3000,
    "q=%ff%00%22%28%29*:^",
    "q=" + "a" * 5000,
    "letter=%ed%a0%80",
    f"case=1&case={HUGE}",
    "order=%00",
    "next=%00",
    "&".join(f"a{number}=1" for number in range(1500)),
]
ASKED = [
    "/en/",
    "/en/library/",
    "/en/library/grid/",
    "/en/library/map/",
    "/en/events/",
    "/en/newsletter/",
    "/en/people/",
    "/en/glossary/",
    "/en/bibliography/",
    "/en/search/",
    "/accounts/login/",
]
METHODS = ["head", "options", "post", "put", "patch", "delete", "trace"]
BODIES = [
    ("", "application/json"),
    ("--x\r\n", "multipart/form-data; boundary=x"),
    ("", "multipart/form-data"),
    ("email=%00&login=%00&password=%ff&form_token=%00", "application/x-www-form-urlencoded"),
    ("email=a%40b.c%0d%0aBcc:x%40y.z&contact_name=a%0d%0ab", "application/x-www-form-urlencoded"),
    ("form_token=" + "9" * 999, "application/x-www-form-urlencoded"),
    ("a=b", "application/x-www-form-urlencoded; charset=nope"),
]


@pytest.fixture
def call(site):
    tomorrow = (timezone.now() + timedelta(days=1)).date()
    return make_document(CallForInterest, title="Call", deadline_date=tomorrow, time_zone="UTC")


@pytest.mark.parametrize("role", [None, "Editors"])
def test_addresses(call, role):
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(make_user(role))
    answers = {address: client.get(address) for address in ADDRESSES}
    broken = [address for address, answer in answers.items() if answer.status_code >= 500]
    assert not [a for a, answer in answers.items() if not answer.streaming and b"\x00" in answer.content]
    assert not broken


def test_queries_and_methods(call):
    client = Client(raise_request_exception=False)
    broken = [
        (address, query[:40])
        for address in ASKED
        for query in QUERIES
        if client.get(f"{address}?{query}").status_code >= 500
    ]
    broken += [
        (address, method)
        for address in ASKED
        for method in METHODS
        if getattr(client, method)(address).status_code >= 500
    ]
    assert not broken


def test_forms(call):
    client = Client(raise_request_exception=False)
    forms = [
        f"/en/library/{call.slug}/reply/",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
    ]
    broken = [
        (address, kind)
        for address in forms
        for body, kind in BODIES
        if client.generic("POST", address, body, content_type=kind).status_code >= 500
    ]
    assert not broken
    assert not CallReply.objects.exists()


@pytest.mark.parametrize(("proxies", "let_through"), [(1, 7), (0, 5)])
def test_answers_are_counted_by_visitor_and_no_header_hides_one(call, client, settings, proxies, let_through):
    """Behind a proxy its visitors are not one; without a proxy nobody makes up addresses."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    cache.clear()
    answers = [
        client.post(
            f"/en/library/{call.slug}/reply/",
            {
                "form_token": str(uuid4()),
                "organisation": "Org",
                "contact_name": "Ana",
                "email": "ana@example.net",
                "consent": "on",
            },
            headers={"X-Forwarded-For": f"192.0.2.{number}"},
        ).status_code
        for number in range(7)
    ]
    assert answers.count(302) == let_through
