"""What links to a page, links that lead nowhere, and old addresses."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from cms.core.page_cache.stamp import bump_stamp
from cms.wiki.queries.broken_links import broken_links, links_in
from home.models import PlainPage
from initiatives.models import DocumentRelation
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import public
from tests.wiki.publishing import publish

pytestmark = pytest.mark.django_db
REPORT = "/admin/wiki/broken-links/"


def body_linking_to(page_id: int) -> list:
    text = f'<p>See <a linktype="page" id="{page_id}">that one</a>.</p>'
    return json.dumps([{"type": "text", "value": text}])


@pytest.fixture
def page(site):
    return make_document(title="The bakery", summary="Bread for all.")


class TestWhatLinksHere:
    def test_texts_and_relations_from_either_language(self, client, page):
        in_text = make_document(title="The mill", body=body_linking_to(page.pk))
        make_document(title="The quarry", relations=[DocumentRelation(target=page, kind="see_also")])
        spanish = make_document(lang="es", title="El taller", relations=[DocumentRelation(target=page)])
        make_document(title="The harbour")
        answer = client.get(f"/en/wiki/{page.pk}/links/")
        for title in ("The mill", "The quarry", "El taller"):
            assert title in answer.text
        assert "The harbour" not in answer.text
        assert f'href="{in_text.url}"' in answer.text
        assert f'href="{spanish.url}"' in answer.text
        assert "noindex" in answer.text

    def test_a_draft_or_a_pending_text_does_not_show(self, client, page):
        make_document(title="A secret draft", body=body_linking_to(page.pk), publish=False)
        revised = make_document(title="The mill")
        revised.body = body_linking_to(page.pk)
        revised.save_revision()
        answer = client.get(f"/en/wiki/{page.pk}/links/")
        assert "A secret draft" not in answer.text
        assert "The mill" not in answer.text

    def test_is_linked_at_the_foot(self, client, page):
        assert f'href="/en/wiki/{page.pk}/links/"' in client.get(page.url).text

    def test_of_a_page_that_is_not_public_there_is_none(self, client, page):
        public(page).unpublish()
        bump_stamp()
        assert client.get(f"/en/wiki/{page.pk}/links/").status_code == 404

    def test_costs_eight_queries_at_most(self, client, page):
        for _ in range(12):
            make_document(body=body_linking_to(page.pk))
        bump_stamp()
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/wiki/{page.pk}/links/")
        assert len(queries) <= 8


class TestBrokenLinks:
    def test_to_what_is_gone_hidden_or_never_was(self, page):
        gone, hidden = make_document(title="Gone"), make_document(title="Hidden")
        for number, target in enumerate((gone.pk, hidden.pk, 987654, page.pk)):
            make_document(title=f"Source {number}", body=body_linking_to(target))
        hidden_pk, gone_pk = hidden.pk, gone.pk
        public(gone).delete()
        public(hidden).unpublish()
        bump_stamp()
        found = {(link.title, link.target, link.target_title) for link in broken_links()}
        assert found == {
            ("Source 0", gone_pk, ""),
            ("Source 1", hidden_pk, "Hidden"),
            ("Source 2", 987654, ""),
        }

    def test_a_field_that_names_a_work_public_in_another_language_is_whole(self, page):
        make_document(lang="fr", title="La boulangerie", translation_of=page)
        make_document(title="The quarry", relations=[DocumentRelation(target=page, kind="see_also")])
        public(page).unpublish()
        bump_stamp()
        assert broken_links() == ()

    def test_a_page_that_is_not_public_breaks_nothing(self, page):
        make_document(title="Draft", body=body_linking_to(987654), publish=False)
        assert broken_links() == ()

    def test_links_are_found_in_any_order_of_their_attributes(self):
        text = '<a id="3" linktype="page">x</a><a linktype="document" id="4">x</a><a href="https://example.org">y</a>'
        assert links_in({"body": json.dumps([{"type": "text", "value": text}])}) == {3}
        assert links_in({"section": text}) == {3}

    @pytest.mark.parametrize(
        ("role", "status"), [("Authors", 403), ("Language reviewers (es)", 403), ("Editors", 200)]
    )
    def test_is_for_editors(self, client, site, role, status):
        client.force_login(make_user(role))
        assert client.get(REPORT).status_code == status

    def test_names_the_page_and_leads_to_its_editor(self, client, site):
        source = make_document(title="The <i>mill</i>", body=body_linking_to(987654))
        client.force_login(make_user("Editors"))
        answer = client.get(REPORT)
        assert f"/admin/pages/{source.pk}/edit/" in answer.text
        assert "The &lt;i&gt;mill&lt;/i&gt;" in answer.text

    def test_costs_the_same_for_twenty_as_for_two(self, site):
        counts = []
        for number in (2, 18):
            for _ in range(number):
                make_document(body=body_linking_to(987654))
            bump_stamp()
            with CaptureQueriesContext(connection) as queries:
                broken_links()
            counts.append(len(queries))
        assert counts[0] == counts[1]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Wagtail writes redirects when a change is committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


class TestOldAddresses:
    @pytest.mark.parametrize("lang", ["en", "fr", "es"])
    def test_a_renamed_document_is_found_in_each_language(self, client, site, committed, lang):
        page = make_document(lang=lang, title="The bakery")
        old = page.url
        for slug in ("renamed-once", "renamed-twice"):
            with committed():
                publish(page, None, slug=slug)
        bump_stamp()
        for address in (old, f"/{lang}/library/renamed-once/"):
            answer = client.get(address)
            assert (answer.status_code, answer.url) == (301, f"/{lang}/library/renamed-twice/")
        assert client.get(answer.url).status_code == 200

    def test_each_language_keeps_its_own(self, client, page, committed):
        french = make_document(lang="fr", title="La boulangerie", translation_of=page)
        untouched, old = page.url, french.url
        with committed():
            publish(french, None, slug="fournil")
        assert client.get(untouched).status_code == 200
        assert client.get(old).url == "/fr/library/fournil/"

    @pytest.mark.parametrize("lang", ["en", "fr", "es"])
    def test_a_moved_page_and_what_is_below_it(self, client, site, committed, lang):
        home = site[lang]
        about, method = (
            home.add_child(instance=PlainPage(title=title, slug=title)) for title in ("one", "two")
        )
        below = method.add_child(instance=PlainPage(title="three", slug="three"))
        for page in (about, method, below):
            page.save_revision().publish()
        bump_stamp()
        with committed():
            PlainPage.objects.get(pk=method.pk).move(PlainPage.objects.get(pk=about.pk), pos="last-child")
        bump_stamp()
        assert client.get(f"/{lang}/two/").url == f"/{lang}/one/two/"
        answer = client.get(f"/{lang}/two/three/")
        assert (answer.status_code, answer.url) == (301, f"/{lang}/one/two/three/")
        assert client.get(answer.url).status_code == 200

    def test_a_new_page_at_an_old_address_wins(self, client, page, committed):
        old = page.slug
        with committed():
            publish(page, None, slug="renamed")
        make_document(title="Another", slug=old)
        assert client.get(f"/en/library/{old}/").status_code == 200

    def test_a_page_taken_down_is_not_found_at_its_old_address_either(self, client, page, committed):
        old = page.url
        with committed():
            publish(page, None, slug="renamed")
        public(page).unpublish()
        bump_stamp()
        assert client.get(old, follow=True).status_code == 404
        assert Redirect.objects.exists()
