"""Collections: gathered documents, one entry per work."""

import pytest

from cms.core.page_cache.stamp import bump_stamp
from initiatives.models import Collection, CollectionIndex
from tests.factories.documents import make_document

pytestmark = pytest.mark.django_db


def make_collection(lang="en", title="On the road", twin=None, publish=True, **fields) -> Collection:
    index = CollectionIndex.objects.get(locale__language_code=lang)
    page = Collection(title=title, slug=title.lower().replace(" ", "-"), summary=f"About {title}.", **fields)
    page.locale = index.locale
    page.live = False
    if twin is not None:
        page.translation_key = twin.translation_key
    index.add_child(instance=page)
    if publish:
        page.save_revision().publish()
    bump_stamp()
    return page


def test_a_collection_shows_each_work_once_in_the_readers_language_else_in_its_own(site, client):
    road = make_collection()
    route = make_collection("fr", "En route", twin=road)
    both = make_document(title="In two languages", collections=[road])
    make_document(lang="fr", title="En deux langues", translation_of=both, collections=[route])
    make_document(title="English only", collections=[road])
    make_document(title="Elsewhere")
    french = client.get(f"/fr/collections/{route.slug}/").content.decode()
    assert "En deux langues" in french
    assert "In two languages" not in french
    assert 'lang="en" dir="ltr"><a href="/en/library/' in french
    assert "Elsewhere" not in french
    assert "2 documents" in client.get(f"/en/collections/{road.slug}/").content.decode()


def test_a_document_can_stand_in_several_collections_and_names_them(site, client):
    one, two = make_collection(title="One"), make_collection(title="Two")
    page = make_document(collections=[one, two])
    html = client.get(f"/en/library/{page.slug}/").content.decode()
    for collection in (one, two):
        address = f"/en/collections/{collection.slug}/"
        assert f'href="{address}"' in html
        assert page.title in client.get(address).content.decode()


def test_the_collections_are_listed_with_their_counts_and_drafts_are_not(site, client):
    road = make_collection()
    make_collection(title="Hidden", publish=False)
    make_collection("fr", "Seulement en français")
    make_document(collections=[road])
    html = client.get("/en/collections/").content.decode()
    assert "1 document" in html
    assert "Hidden" not in html
    assert '<section class="tile" lang="fr" dir="ltr">' in html


def test_an_empty_collection_says_what_to_do(site, client):
    empty = make_collection()
    html = client.get(f"/en/collections/{empty.slug}/").content.decode()
    assert "No document stands in this collection yet." in html


def test_the_cost_of_a_collection_does_not_grow_with_it(site, client, django_assert_num_queries):
    counts = []
    road = make_collection()
    for more in (1, 6):
        for _number in range(more):
            make_document(collections=[road])
        client.get(f"/en/collections/{road.slug}/")
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/collections/{road.slug}/", {"fresh": more})
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
