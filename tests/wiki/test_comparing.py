"""Two published versions of a page side by side, at an address to be shared."""

import pytest
from django.db import DatabaseError

from cms.core.page_cache.stamp import bump_stamp, read_stamp
from cms.wiki.diffs import from_json
from cms.wiki.models import KeptDiff
from cms.wiki.services.comparing import forget_old_comparisons
from tests.factories.documents import make_document, make_user
from tests.wiki.publishing import many_versions, publish, versions

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site):
    page = make_document(title="The bakery", summary="Bread for all.")
    ana = make_user("Authors", display_name="Ana")
    publish(page, ana, summary="Bread and cakes for all.", note_summary="cakes")
    publish(page, ana, summary="Bread, cakes and pies for all.", note_summary="pies")
    return page


def compare(client, page, old, new, lang="en"):
    return client.get(f"/{lang}/wiki/{page.pk}/compare/{old.pk}/{new.pk}/")


def test_says_what_was_added_and_by_whom(client, page):
    first, second, _third = versions(page)
    html = compare(client, page, first, second).text
    assert "From version 1 to version 2" in html
    assert "and cakes" in html
    assert "pies" not in html.replace("pies for all", "")
    assert "Ana" in html
    assert '<meta name="robots" content="noindex">' in html


def test_is_computed_once_and_kept(client, page, monkeypatch):
    first, second, _third = versions(page)
    before = compare(client, page, first, second).text
    kept = KeptDiff.objects.get()
    assert (kept.old, kept.new) == (first, second)
    assert from_json(kept.diff).words_added

    def never(*_):
        raise AssertionError("computed again")

    monkeypatch.setattr("cms.wiki.views.compare.compared", never)
    bump_stamp()
    assert compare(client, page, first, second).text == before


def test_keeping_one_makes_no_other_page_old(client, page):
    first, second, _third = versions(page)
    stamp = read_stamp()
    compare(client, page, first, second)
    assert KeptDiff.objects.exists()
    assert read_stamp() == stamp


def test_what_was_kept_in_another_form_is_made_anew(client, page):
    first, second, _third = versions(page)
    KeptDiff.objects.create(old=first, new=second, diff={"version": -1})
    assert "and cakes" in compare(client, page, first, second).text
    from_json(KeptDiff.objects.get().diff)


def test_one_that_cannot_be_kept_is_shown_all_the_same(client, page, monkeypatch):
    def locked(*args, **kwargs):
        raise DatabaseError("database is locked")

    monkeypatch.setattr(KeptDiff.objects, "bulk_create", locked)
    first, second, _third = versions(page)
    assert "and cakes" in compare(client, page, first, second).text


def test_the_older_comes_first_whichever_is_named_first(client, page):
    first, _second, third = versions(page)
    answer = compare(client, page, third, first)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/en/wiki/{page.pk}/compare/{first.pk}/{third.pk}/",
    )


def test_a_version_with_itself_says_so(client, page):
    first = versions(page)[0]
    html = compare(client, page, first, first).text
    assert "one and the same version" in html
    assert not KeptDiff.objects.exists()


def test_leads_to_the_changes_before_and_after(client, page):
    first, second, third = versions(page)
    start = f'href="/en/wiki/{page.pk}/compare/'
    html = compare(client, page, first, second).text
    assert f'{start}{second.pk}/{third.pk}/" rel="next nofollow"' in html
    assert f'{start}{first.pk}/{third.pk}/"' in html  # up to the current version
    assert 'rel="prev nofollow"' not in html
    html = compare(client, page, second, third).text
    assert f'{start}{first.pk}/{second.pk}/" rel="prev nofollow"' in html
    assert 'rel="next nofollow"' not in html
    assert "Up to the current version" not in html
    assert (
        f'{start}{second.pk}/{third.pk}/"' in compare(client, page, first, third).text
    )  # only the last change


def test_versions_of_two_pages_are_not_compared(client, page):
    other = make_document(title="Other")
    first, theirs = versions(page)[0], versions(other)[0]
    assert compare(client, page, first, theirs).status_code == 404
    assert compare(client, other, first, theirs).status_code == 404


def test_what_was_kept_goes_down_with_its_page(client, page):
    first, second, _third = versions(page)
    compare(client, page, first, second)
    page.unpublish()
    bump_stamp()
    assert compare(client, page, first, second).status_code == 404


@pytest.mark.parametrize("count", [3, 60])
def test_costs_at_most_ten_queries_made_or_kept(client, page, count, django_assert_max_num_queries):
    many_versions(page, count)
    copies = versions(page)
    for _reader in range(2):
        bump_stamp()
        with django_assert_max_num_queries(10):
            assert compare(client, page, copies[0], copies[1]).status_code == 200
    bump_stamp()
    with django_assert_max_num_queries(10):
        assert compare(client, page, copies[0], copies[-1]).status_code == 200


def test_is_the_same_for_everyone(client, admin_client, page):
    first, second, _third = versions(page)
    anonymous = compare(client, page, first, second)
    assert anonymous.text == compare(admin_client, page, first, second).text
    assert anonymous.headers["Cache-Control"].startswith("public")
    assert not anonymous.cookies


@pytest.mark.parametrize("lang", ["fr", "es"])
def test_speaks_the_language_of_the_address(client, page, lang):
    first, second, _third = versions(page)
    html = compare(client, page, first, second, lang).text
    assert f'<html lang="{lang}"' in html
    assert "and cakes" in html


def test_what_nobody_asked_for_lately_is_forgotten(client, page):
    first, second, third = versions(page)
    compare(client, page, first, second)
    compare(client, page, second, third)
    KeptDiff.objects.filter(old=first).update(made_at="2020-01-01T00:00Z")
    assert forget_old_comparisons() == 1
    assert KeptDiff.objects.get().old == second
