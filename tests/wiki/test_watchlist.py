"""The screens of watching: a link changes nothing, a button does, without a script, for oneself only."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.core.page_cache.stamp import bump_stamp
from cms.wiki.models import Watch
from cms.wiki.services import unwatch, watch
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import public
from tests.wiki.publishing import publish

pytestmark = pytest.mark.django_db
LIST = "/en/wiki/watchlist/"


@pytest.fixture
def page(site):
    return make_document(title="The bakery", summary="Bread for all.")


@pytest.fixture
def reader(site):
    return make_user(name="reader")


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def watched(user) -> set[tuple[str, str, bool]]:
    return set(Watch.objects.filter(user=user).values_list("kind", "key", "active"))


class TestAPage:
    def test_the_link_at_its_foot_is_the_same_for_everyone(self, client, page, reader):
        address = f"/en/wiki/{page.pk}/watch/"
        for _ in range(2):
            answer = client.get(page.url)
            assert f'href="{address}"' in answer.text
            assert "csrf" not in answer.text
            client.force_login(reader)

    def test_leads_to_the_log_in_first(self, client, page):
        answer = client.get(f"/en/wiki/{page.pk}/watch/")
        assert answer.status_code == 302
        assert answer.url == f"/accounts/login/?next=/en/wiki/{page.pk}/watch/"

    def test_following_the_link_changes_nothing(self, signed_in, page, reader):
        answer = signed_in.get(f"/en/wiki/{page.pk}/watch/")
        assert "Watch this page?" in answer.text
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert watched(reader) == set()

    def test_the_button_begins_and_ends_it(self, signed_in, page, reader):
        answer = signed_in.post(f"/en/wiki/{page.pk}/watch/", follow=True)
        assert "You watch this page" in answer.text
        assert watched(reader) == {("page", str(page.pk), True)}
        answer = signed_in.post(f"/en/wiki/{page.pk}/unwatch/", follow=True)
        assert "Watch this page?" in answer.text
        assert watched(reader) == {("page", str(page.pk), False)}

    def test_nobody_is_made_to_watch_from_another_site(self, page, reader):
        client = Client(enforce_csrf_checks=True)
        client.force_login(reader)
        assert client.post(f"/en/wiki/{page.pk}/watch/").status_code == 403
        assert watched(reader) == set()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_what_is_not_public_is_not_found(self, signed_in, page, method):
        draft = make_document(title="A draft", publish=False)
        for key in (draft.pk, 10**6, 10**30):
            assert getattr(signed_in, method)(f"/en/wiki/{key}/watch/").status_code == 404

    def test_a_page_that_went_can_still_be_left(self, signed_in, page, reader):
        watch(reader, "page", str(page.pk))
        public(page).unpublish()
        bump_stamp()
        assert signed_in.post(f"/en/wiki/{page.pk}/unwatch/").url == LIST
        assert watched(reader) == {("page", str(page.pk), False)}


class TestTheList:
    def test_shows_what_is_watched_and_its_changes(self, signed_in, page, reader):
        other = make_document(title="The mill")
        watch(reader, "page", str(page.pk))
        watch(reader, "language", "fr")
        publish(page, make_user("Authors"), summary="Bread.", note_summary="shorter")
        publish(other, make_user("Authors"), summary="Flour.", note_summary="not watched")
        answer = signed_in.get(LIST)
        assert "The bakery" in answer.text
        assert "français" in answer.text
        assert "shorter" in answer.text
        assert "not watched" not in answer.text
        assert answer.headers["Cache-Control"] == "private, no-store"

    def test_tells_the_languages_of_one_title_apart(self, signed_in, page, reader):
        for version in (page, make_document(title="The bakery", lang="fr", translation_of=page)):
            watch(reader, "page", str(version.pk))
        text = signed_in.get(LIST).text
        assert text.count('<span class="chip" lang="fr" dir="ltr">français</span>') == 1
        assert '<span class="chip" lang="en"' not in text

    def test_is_not_for_visitors(self, client, site):
        assert client.get(LIST).status_code == 302

    def test_what_is_hidden_keeps_its_title(self, signed_in, page, reader):
        watch(reader, "page", str(page.pk))
        public(page).unpublish()
        bump_stamp()
        answer = signed_in.get(LIST)
        assert "The bakery" not in answer.text
        assert "not public at present" in answer.text

    def test_changes_of_a_page_that_was_left_are_not_among_them(self, signed_in, page, reader):
        watch(reader, "language", "en")
        publish(page, make_user("Authors"), summary="Bread.", note_summary="shorter")
        assert "shorter" in signed_in.get(LIST).text
        unwatch(reader, "page", str(page.pk))
        assert "shorter" not in signed_in.get(LIST).text

    def test_a_filter_of_recent_changes_is_watched_in_two_steps(self, signed_in, client, site, reader):
        answer = client.get("/en/wiki/changes/?type=if&language=fr")
        assert "/en/wiki/watchlist/?watch=type%3Aif" in answer.text
        assert '<option value="type:if" selected>' in signed_in.get(f"{LIST}?watch=type:if").text
        signed_in.post(LIST, {"watch": "type:if"})
        assert watched(reader) == {("type", "if", True)}
        signed_in.post(LIST, {"stop": "type:if"})
        assert watched(reader) == set()

    @pytest.mark.parametrize("value", ["page:1", "type:nothing", "", "x" * 5000, "language:xx", "type"])
    def test_nothing_that_is_not_offered_is_watched(self, signed_in, reader, value):
        answer = signed_in.post(LIST, {"watch": value}, follow=True)
        assert "Nothing was changed" in answer.text
        assert watched(reader) == set()

    def test_costs_the_same_however_much_is_watched(self, signed_in, reader, page):
        counts = []
        for number in (1, 20):
            for _ in range(number):
                watch(reader, "page", str(make_document().pk))
            signed_in.get(LIST)
            with CaptureQueriesContext(connection) as queries:
                signed_in.get(LIST)
            counts.append(len(queries))
        assert counts[0] == counts[1]
        assert counts[1] <= 12  # two of them for the session and the account
