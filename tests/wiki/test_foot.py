"""What stands of its history at the foot of a page: version, day, and everybody who wrote."""

import re

import pytest

from cms.core.page_cache.stamp import bump_stamp
from cms.wiki.models import PublishedRevision
from cms.wiki.queries.revisions import credit
from tests.factories.documents import make_document, make_user
from tests.wiki.publishing import many_versions, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(site):
    return make_user("Authors", display_name="Ana")


@pytest.fixture
def page(site):
    return make_document(title="The bakery", summary="Bread for all.")


def test_tells_version_day_author_and_everybody_who_wrote(client, page, ana):
    bo = make_user("Authors", display_name="Bo")
    publish(page, ana, title="Second", note_co_authors=["Cy"])
    publish(page, bo, title="Third")
    html = client.get(page.url).text
    foot = html[html.index("history-line") :][:1500]
    assert "Version 3, <time" in foot
    assert f'by <a href="/en/wiki/authors/{bo.pk}/" rel="nofollow">Bo</a>' in foot
    assert re.search(r"Written by <a [^>]*>Ana</a>, Cy, <a [^>]*>Bo</a>", foot)


def test_names_nobody_of_a_version_that_was_not_public(client, page, ana):
    hidden = publish(page, ana, title="Second")
    publish(page, make_user("Authors", display_name="Bo"), title="Third")
    PublishedRevision.objects.filter(pk=hidden.pk).update(was_public=False)
    bump_stamp()
    html = client.get(page.url).text
    assert "Ana" not in html[html.index("history-line") :]


def test_costs_one_query_however_many_versions(client, page, django_assert_num_queries):
    many_versions(page, 80)
    credit(page.pk)
    with django_assert_num_queries(1):
        found = credit(page.pk)
    assert found.number == 80


def test_long_lists_of_names_end_in_a_number(client, page):
    for number in range(15):
        publish(page, title=f"T{number}", note_author_name=f"Writer {number}")
    assert "and 3 others" in client.get(page.url).text
