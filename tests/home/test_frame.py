"""What stands around every page: menu, language switcher, foot, error pages."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from cms.core import errors
from cms.core.alternates import Alternate
from cms.core.page_cache.stamp import bump_stamp
from home.models import PlainPage
from home.queries import site_frame

STATES = [
    Alternate("en", "English", "/en/library/a/", "current"),
    Alternate("fr", "français", "/fr/library/b/", "live"),
    Alternate("es", "español", "/es/wiki/7/", "missing"),
]


def plain_page(home, title: str, **fields) -> PlainPage:
    page = PlainPage(title=title, slug=title.lower().replace(" ", "-"), **fields)
    home.add_child(instance=page)
    page.save_revision().publish()
    bump_stamp()
    return page


def test_switcher_tells_the_current_the_live_and_the_missing_language():
    html = render_to_string("components/language_switcher.html", {"alternates": STATES})
    english, french, spanish = re.findall(r"<li>.*?</li>", html, flags=re.S)
    assert 'aria-current="true"' in english
    assert 'href="/fr/library/b/"' in french
    assert "aria-current" not in french
    assert 'data-state="missing"' in spanish
    assert "not yet in español" in spanish
    assert 'href="/es/wiki/7/"' in spanish
    assert "hreflang" not in spanish, "a missing translation is not announced"


def test_missing_languages_are_not_announced_to_search_engines(site, rf):
    request = rf.get("/en/library/a/")
    html = render_to_string("base.html", {"alternates": STATES}, request=request)
    head = html.split("</head>")[0]
    assert 'hreflang="fr"' in head
    assert 'hreflang="es"' not in head


def test_without_alternates_the_switcher_leads_to_the_home_pages(site, rf):
    html = render_to_string("base.html", {}, request=rf.get("/en/somewhere/"))
    assert '<a href="/fr/" hreflang="fr"' in html


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_direction_follows_the_language(site, rf, code, direction):
    with override(code):
        html = render_to_string("base.html", {}, request=rf.get("/"))
    assert f'<html lang="{code}" dir="{direction}">' in html


def test_foot_lists_plain_pages_of_the_language_in_their_order(site):
    plain_page(site["en"], "Privacy", order=20)
    plain_page(site["en"], "Method", order=10)
    plain_page(site["en"], "Hidden", in_footer=False)
    plain_page(site["fr"], "Vie privee")
    assert [entry.label for entry in site_frame("en").plain_pages] == ["Method", "Privacy"]
    assert [entry.label for entry in site_frame("fr").plain_pages] == ["Vie privee"]


def test_frame_asks_nothing_again_until_something_changes(site, django_assert_num_queries):
    site_frame("en")
    with django_assert_num_queries(0):
        site_frame("en")
    plain_page(site["en"], "Licences")
    assert "Licences" in [entry.label for entry in site_frame("en").plain_pages]


def test_a_withdrawn_plain_page_leaves_the_foot(site):
    page = plain_page(site["en"], "Old terms")
    page.unpublish()
    bump_stamp()
    assert site_frame("en").plain_pages == []


def test_not_found_helps_in_the_language_of_the_address(client, site):
    answer = client.get("/en/nothing/here/")
    html = answer.content.decode()
    assert answer.status_code == 404
    assert "There is nothing at this address" in html
    assert 'action="/en/search/"' in html
    assert 'href="/en/library/"' in html
    assert 'href="/en/"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    french = client.get("/fr/rien/").content.decode()
    assert '<html lang="fr"' in french
    assert 'action="/fr/search/"' in french


def test_not_found_sets_no_cookie(client, site):
    assert not client.get("/en/nothing/").cookies


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (errors.bad_request, 400, "could not be understood"),
        (errors.permission_denied, 403, "not open to you"),
        (errors.page_not_found, 404, "nothing at this address"),
        (errors.csrf_failure, 403, "send the form again"),
    ],
)
def test_every_error_says_what_happened_and_where_to_go(site, view, status, words):
    answer = view(RequestFactory().get("/en/x/"), PermissionDenied())
    html = answer.content.decode()
    assert answer.status_code == status
    assert words in html
    assert 'role="search"' in html


def test_server_error_needs_neither_context_nor_database():
    # No `db` fixture: a query would fail the test.
    answer = errors.server_error(RequestFactory().get("/en/"))
    assert answer.status_code == 500
    assert "broke on our side" in answer.content.decode()
