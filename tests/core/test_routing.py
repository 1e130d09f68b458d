"""Reaching a page of the tree: as Wagtail does, with fewer queries."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction, Site
from wagtail.models.sites import get_site_for_hostname

from cms.core.routing import site_for
from home.models import PlainPage


@pytest.fixture
def about(site):
    page = PlainPage(title="About", slug="about", locale=site["en"].locale)
    site["en"].add_child(instance=page)
    return page


SITES = {
    "one": [("a.example", 80, True)],
    "two": [("a.example", 80, True), ("b.example", 80, False)],
    "two ports": [("a.example", 80, True), ("b.example", 80, False), ("b.example", 8000, False)],
    "default on the same host": [("b.example", 80, False), ("b.example", 8000, True)],
    "no default": [("b.example", 80, False), ("b.example", 8000, False)],
    "none": [],
}


@pytest.mark.parametrize("sites", SITES.values(), ids=SITES)
@pytest.mark.parametrize("host", ["a.example", "b.example", "c.example"])
@pytest.mark.parametrize("port", ["80", "8000", "1234"])
def test_the_site_is_the_one_wagtail_would_choose(site, sites, host, port):
    root = site["en"]
    Site.objects.all().delete()
    for hostname, number, default in sites:
        Site.objects.create(hostname=hostname, port=number, is_default_site=default, root_page=root)
    try:
        expected = get_site_for_hostname(host, port)
    except Site.DoesNotExist:
        expected = None
    assert site_for(host, port) == expected


def test_a_page_and_the_home_page_are_reached(client, about):
    assert client.get("/en/").status_code == 200
    assert b"About" in client.get("/en/about/").content
    assert client.get("/fr/about/").status_code == 404
    assert client.get("/en/nothing/").status_code == 404


def test_a_draft_is_not_served(client, about):
    about.unpublish()
    assert client.get("/en/about/").status_code == 404


def test_a_restricted_page_asks_for_the_log_in_and_is_not_kept(client, about):
    restriction = PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.create(name="Some"))
    answer = client.get("/en/about/")
    assert answer.status_code == 302
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_way_to_the_home_page_is_one_query(client, about, django_assert_max_num_queries):
    client.get("/en/")
    with django_assert_max_num_queries(
        3
    ):  # the page, its translations, and whether it is behind its original
        assert client.get("/en/").status_code == 200
