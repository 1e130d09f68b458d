"""Languages open and close with the content, without a restart."""

import pytest
from wagtail.models import Page

from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import bump_stamp
from home.services import open_language

pytestmark = pytest.mark.django_db


def test_a_language_that_is_not_open_has_no_addresses(site, client):
    for path in ("/ar/", "/ar/library/", "/ar/glossary/", "/de/", "/xx/"):
        assert client.get(path).status_code == 404, path


def test_arabic_opens_without_a_restart_and_lays_out_right_to_left(site, client):
    assert client.get("/ar/").status_code == 404
    open_language("ar", original=site["en"])
    bump_stamp()
    for path in ("/ar/", "/ar/library/", "/ar/glossary/"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert '<html lang="ar" dir="rtl"' in answer.text, path
    assert "/ar/" in client.get("/en/").text  # the switcher offers it


def test_closing_a_language_takes_its_addresses_away(site, client):
    site["es"].unpublish()
    bump_stamp()
    assert client.get("/es/library/").status_code == 404
    assert "es" not in open_language_codes()


@pytest.mark.parametrize(
    ("accept", "cookie", "expected"),
    [
        ("fr-CA,fr;q=0.8,en;q=0.5", "", "/fr/"),
        ("es", "", "/es/"),
        ("es;q=0.1, en;q=0.9", "", "/en/"),
        ("ar, de;q=0.9, fr;q=0.2", "", "/fr/"),  # not open: the next best
        ("tlh, zz-ZZ", "", "/en/"),
        ("es", "fr", "/fr/"),  # what somebody chose wins
        ("es", "ar", "/es/"),
        ("es", "<script>", "/es/"),
        ("," * 5000 + "x" * 20000, "", "/en/"),
        ("fr;q=abc", "", "/en/"),
        ("", "", "/en/"),
    ],
)
def test_the_front_door_leads_to_the_visitors_language(site, client, accept, cookie, expected):
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get("/", headers={"Accept-Language": accept})
    assert (answer.status_code, answer["Location"]) == (302, expected)


def test_an_address_says_its_language_whatever_the_visitor_prefers(site, client):
    client.cookies["django_language"] = "es"
    answer = client.get("/fr/library/", headers={"Accept-Language": "en"})
    assert '<html lang="fr" dir="ltr"' in answer.text
    assert answer["Content-Language"] == "fr"
    assert "Accept-Language" not in answer.get("Vary", "")


def test_a_site_can_be_set_up_again_and_again(site):
    from home.services import set_up_site

    before = Page.objects.count()
    again = set_up_site(("en", "fr", "es"))
    assert Page.objects.count() == before
    assert {code: home.pk for code, home in again.items()} == {code: home.pk for code, home in site.items()}
