"""An address that a document has in another language than the one asked for."""

import pytest

from tests.factories.documents import make_document

pytestmark = pytest.mark.django_db


class TestAnAddressOfAnotherLanguage:
    def test_offers_the_languages_that_exist(self, client, site):
        page = make_document(slug="the-bakery")
        response = client.get("/fr/library/the-bakery/")
        assert (response.status_code, response.url) == (302, f"/fr/wiki/{page.pk}/")

    def test_leads_on_where_the_page_was_renamed(self, client, site, django_capture_on_commit_callbacks):
        english = make_document(slug="bakery")
        french = make_document(lang="fr", slug="bakery", translation_of=english)
        french.slug = "boulangerie"
        with django_capture_on_commit_callbacks(execute=True):
            french.save_revision().publish()
        response = client.get("/fr/library/bakery/")
        assert (response.status_code, response.url) == (301, "/fr/library/boulangerie/")

    def test_tells_nothing_of_a_page_that_is_not_public(self, client, site):
        make_document(slug="hidden", publish=False)
        assert client.get("/fr/library/hidden/").status_code == 404
