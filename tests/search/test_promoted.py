"""Pages that editors put before all results."""

import pytest
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from cms.core.page_cache.stamp import bump_stamp
from tests.factories.documents import make_document, make_user
from tests.search.test_results import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def promote(site):
    def promote(words, **pick):
        SearchPromotion.objects.create(query=Query.get(words), **pick)
        bump_stamp()

    return promote


def promoted(client, address):
    return [each.get_text(strip=True) for each in page(client, address).select(".promoted a")]


def test_a_promoted_page_stands_before_the_results_of_its_words_in_the_readers_language(client, promote):
    english = make_document(title="How to begin")
    make_document(title="Par où commencer", lang="fr", translation_of=english)
    promote("first steps", page=english)
    assert promoted(client, "/en/search/?q=First+steps!") == ["How to begin"]
    assert promoted(client, "/fr/search/?q=first+steps") == ["Par où commencer"]
    assert promoted(client, "/es/search/?q=first+steps") == ["How to begin"]
    assert promoted(client, "/en/search/?q=steps") == []


def test_what_nobody_may_see_is_not_promoted(client, promote):
    draft = make_document(publish=False)
    hidden = make_document()
    hidden.view_restrictions.create(restriction_type="login")
    for pick in (draft, hidden):
        promote("words", page=pick)
    promote("words", external_link_url="https://example.org/", external_link_text="Elsewhere")
    assert promoted(client, "/en/search/?q=words") == ["Elsewhere"]


def test_a_promoted_page_is_shown_as_it_is_now(client, promote):
    english = make_document(title="How to begin")
    french = make_document(title="Par où commencer", lang="fr", translation_of=english)
    promote("words", page=english)
    assert promoted(client, "/fr/search/?q=words") == ["Par où commencer"]
    french.unpublish()
    assert promoted(client, "/fr/search/?q=words") == ["How to begin"]
    english.title = "How to go on"
    english.save_revision().publish()
    assert promoted(client, "/fr/search/?q=words") == ["How to go on"]
    restriction = english.view_restrictions.create(restriction_type="login")
    assert promoted(client, "/fr/search/?q=words") == []
    restriction.delete()
    assert promoted(client, "/fr/search/?q=words") == ["How to go on"]


def test_administrators_promote_in_the_admin(client, site):
    client.force_login(make_user("Administrators"))
    assert client.get("/admin/searchpicks/").status_code == 200
