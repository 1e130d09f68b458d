"""Readers ask for a language: each counts once, nobody's address is kept, and what is wished for is needed more."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.core.page_cache.stamp import bump_stamp
from cms.notifications.models import Notification
from cms.translations.models import LanguageProgramme, LanguageRequest, TranslationTask
from cms.translations.services.counting import recount_needs, recount_needs_nightly
from cms.translations.services.requesting import NothingToAsk, account_key, request_translation, visitor_key
from tests.factories.documents import make_document, make_user
from tests.wiki.publishing import publish

from .queue_filling import fill_queue
from .translating import fresh, public, take_in, task_of, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(event) -> TranslationTask:
    return task_of(event, "es")


def ask(client, event, code: str = "es", **headers):
    return client.post(f"/en/wiki/{event.pk}/request-translation/", {"language": code}, headers=headers)


class TestCounting:
    def test_a_reader_raises_the_number_and_the_need(self, task):
        before = task.need
        assert request_translation(task.pk, visitor_key("10.0.0.1", "one"))
        assert (fresh(task).requests, fresh(task).need) == (1, before + 7)

    def test_each_person_counts_once(self, task):
        reader = make_user()
        visitors = [
            visitor_key("10.0.0.1", "one"),
            visitor_key("10.0.0.1", "one"),
            visitor_key("10.0.0.1", "two"),
        ]
        assert [request_translation(task.pk, visitor) for visitor in visitors] == [True, False, True]
        assert request_translation(task.pk, visitor_key("10.0.0.9", ""), reader.pk)
        assert not request_translation(task.pk, visitor_key("10.0.0.8", "elsewhere"), reader.pk)
        assert fresh(task).requests == LanguageRequest.objects.filter(task=task).count() == 3

    def test_who_asked_before_signing_in_counts_once_and_is_told(self, task):
        reader, visitor = make_user(), visitor_key("10.0.0.1", "one")
        request_translation(task.pk, visitor)
        assert not request_translation(task.pk, visitor, reader.pk)
        assert list(LanguageRequest.objects.values_list("person", flat=True)) == [account_key(reader.pk)]
        assert fresh(task).requests == 1

    def test_the_key_tells_nothing_and_changes_with_the_secret(self, settings):
        key = visitor_key("192.0.2.77", "Browser")
        assert "192" not in key
        assert len(key) <= 80
        settings.SECRET_KEY = "another"  # noqa: S105
        assert visitor_key("192.0.2.77", "Browser") != key

    def test_nobody_asks_for_what_can_be_read(self, event, translator, reviewer):
        translate(translator, reviewer, task_of(event, "fr"))
        with pytest.raises(NothingToAsk):
            request_translation(task_of(event, "fr").pk, "visitor:1")

    def test_a_publication_answers_it(self, event, translator, reviewer):
        task, reader = task_of(event, "fr"), make_user(name="lectrice")
        request_translation(task.pk, "visitor:1")
        request_translation(task.pk, "visitor:2", reader.pk)
        translate(translator, reviewer, task)
        assert (fresh(task).requests, fresh(task).need) == (0, 0)
        assert not LanguageRequest.objects.exists()
        told = Notification.objects.get(recipient=reader)
        assert (told.kind, told.data["title"]) == ("translations-readable", "FR Workshop")


class TestThePage:
    def test_it_offers_the_languages_that_are_missing_or_behind(self, client, event, translator, reviewer):
        french = translate(translator, reviewer, task_of(event, "fr"))
        address = f"/en/wiki/{event.pk}/request-translation/"

        def offered() -> dict[str, bool]:
            return {wish.language.code: wish.missing for wish in client.get(address).context["wishes"]}

        assert offered() == {"es": True}
        publish(event, note_significance="addition", summary="Another summary.")
        take_in(event)
        assert offered() == {"fr": False, "es": True}
        answer = client.get(f"/fr/wiki/{french.pk}/request-translation/")
        assert [wish.language.code for wish in answer.context["wishes"]] == ["fr", "es"]

    def test_asking_thanks_and_counts(self, client, event, task):
        answer = ask(client, event)
        assert answer.url == f"/en/wiki/{event.pk}/request-translation/?asked=es"
        html = client.get(answer.url).text
        assert "Thank you" in html
        assert "1 reader asks for it." in html
        ask(client, event)
        assert fresh(task).requests == 1

    @pytest.mark.parametrize("code", ["", "en", "xx", "de", "%00"])
    def test_what_cannot_be_asked_for_is_said(self, client, event, code):
        answer = ask(client, event, code)
        assert answer.status_code == 409
        assert "cannot be asked for here" in answer.text
        assert not LanguageRequest.objects.exists()

    def test_a_closed_language_is_not_offered(self, client, event, task):
        LanguageProgramme.objects.create(locale=task.target_locale, closed_at=timezone.now())
        assert ask(client, event).status_code == 409

    def test_too_many_from_one_connection_wait(self, client, event):
        statuses = [ask(client, event, user_agent=f"browser {number}").status_code for number in range(11)]
        assert statuses == [302] * 10 + [429]

    def test_a_draft_or_no_page_at_all_is_not_found(self, client, site):
        draft = make_document(publish=False)
        for number in (draft.pk, 999_999, 10**30):
            assert client.get(f"/en/wiki/{number}/request-translation/").status_code == 404

    def test_it_is_a_form_that_nobody_keeps_and_no_other_site_sends(self, event):
        client = Client(enforce_csrf_checks=True)
        assert ask(client, event).status_code == 403
        answer = client.get(f"/en/wiki/{event.pk}/request-translation/")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "csrftoken" in answer.cookies
        token = answer.context["csrf_token"]
        data = {"language": "es", "csrfmiddlewaretoken": str(token)}
        assert client.post(f"/en/wiki/{event.pk}/request-translation/", data).status_code == 302

    def test_the_page_of_its_languages_leads_there_and_stays_the_same_for_all(self, client, event):
        answer = client.get(f"/es/wiki/{event.pk}/")
        assert f"/es/wiki/{event.pk}/request-translation/" in answer.text
        assert answer.headers["Cache-Control"].startswith("public")
        assert "csrftoken" not in answer.cookies

    def test_it_costs_few_queries(self, client, event, django_assert_max_num_queries):
        bump_stamp()
        client.get(f"/en/wiki/{event.pk}/request-translation/")
        with django_assert_max_num_queries(6):
            client.get(f"/en/wiki/{event.pk}/request-translation/")


class TestEachNight:
    def test_what_waits_is_needed_more(self, event, task):
        TranslationTask.objects.filter(pk=task.pk).update(waiting_since=timezone.now() - timedelta(days=12))
        recount_needs()
        assert fresh(task).need == task.need + 12
        assert recount_needs() == 0

    def test_it_happens_once_a_day(self, event, task):
        recount_needs_nightly()
        TranslationTask.objects.filter(pk=task.pk).update(need=1)
        recount_needs_nightly()
        assert fresh(task).need == 1

    def test_what_rests_is_needed_by_nobody(self, event, task):
        public(event).unpublish()
        recount_needs()
        assert fresh(task).need == 0

    def test_it_writes_many_at_once(self, site, django_assert_max_num_queries):
        fill_queue(600, "fr", "es")
        recount_needs()
        TranslationTask.objects.update(waiting_since=timezone.now() - timedelta(days=250))
        recount_needs()
        changed = TranslationTask.objects.exclude(content_state="published").update(need=100)
        assert changed >= 900
        with django_assert_max_num_queries(12):
            assert recount_needs() == changed
