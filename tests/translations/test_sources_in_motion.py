"""What happens to a source, or to its language, while somebody translates it: nothing is lost, and people are told."""

import pytest
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.models import TranslationTask, Work
from cms.translations.outlets import NoParentYet
from cms.translations.services.claiming import LanguageClosed, claim, release
from cms.translations.services.consistency import faults
from cms.translations.services.drafting import save_segment
from cms.translations.services.library import share_with_library
from cms.translations.services.programmes import close_language
from cms.translations.services.submitting import approve_translation, submit_translation
from cms.translations.services.works import renew_work
from home.models import PlainPage
from initiatives.models import Event
from tests.factories.documents import make_document, make_user
from tests.wiki.publishing import publish

from .roads import ROLES
from .translating import fresh, public, take_in, task_of, translate, write_all

pytestmark = pytest.mark.django_db


def make_plain(parent, title: str) -> PlainPage:
    page = PlainPage(title=title, slug=title.lower(), locale=parent.locale, live=False)
    parent.add_child(instance=page)
    page.save_revision().publish()
    take_in(page)
    bump_stamp()
    return page


def wrong() -> list:
    """Of the works that were taken in; the fixture's other entries are not."""
    return [each for each in faults() if each.code != "not in the queue"]


def send(client, task, verb: str, **data) -> str:
    """What the screen says to it."""
    answer = client.post(f"/admin/translations/{task.pk}/{verb}/", data, follow=True)
    assert answer.status_code in (200, 409, 422), answer.status_code
    return " ".join(strip_tags(answer.text).split())


class TestMoved:
    @pytest.fixture
    def pages(self, site, translator, reviewer):
        """Two pages, one of which French readers have, and one below each other that is being translated."""
        here, there, alone = (make_plain(site["en"], title) for title in ("Here", "There", "Alone"))
        for page in (here, there):
            translate(translator, reviewer, task_of(page, "fr"))
        return {"here": here, "there": there, "alone": alone, "moving": make_plain(public(here), "Moving")}

    def move(self, pages, to: str) -> None:
        public(pages["moving"]).move(Page.objects.get(pk=pages[to].pk), pos="last-child")
        take_in(pages["moving"])
        bump_stamp()

    def french(self, page) -> PlainPage:
        return PlainPage.objects.get(translation_key=page.translation_key, locale__language_code="fr")

    def test_while_it_is_written_it_appears_where_its_source_is_by_then(self, pages, translator, reviewer):
        task = task_of(pages["moving"], "fr")
        write_all(translator, task)
        drafts = task.drafts.count()
        self.move(pages, "there")
        assert (fresh(task).drafts.count(), fresh(task).assignee) == (drafts, translator)
        page = translate(translator, reviewer, fresh(task))
        assert page.get_parent().pk == self.french(pages["there"]).pk
        assert wrong() == []

    def test_to_where_its_readers_have_no_page_above_it(self, pages, translator, client):
        task = task_of(pages["moving"], "fr")
        write_all(translator, task)
        drafts = task.drafts.count()
        self.move(pages, "alone")
        client.force_login(translator)
        assert "“Alone”, does not exist in this language yet" in send(client, task, "submit")
        with pytest.raises(NoParentYet):
            submit_translation(translator, task.pk)
        assert fresh(task).drafts.count() == drafts
        assert not PlainPage.objects.filter(title="FR Moving").exists()
        assert not Page.objects.filter(alias_of__isnull=False).exists()

    def test_in_review(self, pages, translator, reviewer, client):
        task = task_of(pages["moving"], "fr")
        write_all(translator, task)
        submit_translation(translator, task.pk)
        self.move(pages, "alone")
        assert fresh(task).label == "in_review"
        approve_translation(reviewer, task.pk)
        bump_stamp()
        assert fresh(task).label == "published"
        assert client.get(self.french(pages["moving"]).url).status_code == 200
        assert wrong() == []

    def test_what_is_published_stays_published(self, pages, translator, reviewer):
        page = translate(translator, reviewer, task_of(pages["moving"], "fr"))
        self.move(pages, "there")
        assert public(page).live
        assert task_of(pages["moving"], "fr").label == "published"
        assert wrong() == []


class TestGoneInReview:
    @pytest.fixture
    def submitted(self, event, translator, reviewer):
        task = task_of(event, "fr")
        write_all(translator, task)
        submit_translation(translator, task.pk)
        return fresh(task)

    def last(self, task) -> dict[str, str]:
        return {"seen": str(task.drafts.latest("pk").pk), "media": "", "decision": "approve"}

    @pytest.mark.parametrize("goes", ["taken down", "deleted"])
    def test_nothing_is_published_and_nothing_lost(self, submitted, event, reviewer, client, goes):
        drafts = submitted.drafts.count()
        public(event).unpublish() if goes == "taken down" else public(event).delete()
        bump_stamp()
        client.force_login(reviewer)
        answer = client.post(f"/admin/translations/{submitted.pk}/decide/", self.last(submitted), follow=True)
        assert answer.status_code in (404, 409)
        assert not Event.objects.filter(locale__language_code="fr", live=True).exists()
        assert fresh(submitted).drafts.count() == drafts
        assert client.get("/admin/translations/?language=all").status_code == 200
        assert wrong() == []

    def test_back_again_it_is_decided(self, submitted, event, reviewer):
        public(event).unpublish()
        public(event).save_revision().publish()
        take_in(event)
        approve_translation(reviewer, submitted.pk)
        assert fresh(submitted).label == "published"


class TestTwoSources:
    @pytest.fixture
    def spanish(self, event, translator, reviewer):
        """English and Spanish in the library's tables, both with French as their translation, and French published."""
        translate(translator, reviewer, task_of(event, "fr"))
        other = translate(
            make_user("Translators (es)"), make_user("Language reviewers (es)"), task_of(event, "es")
        )
        share_with_library(fresh(task_of(event, "fr")))
        source, _created = TranslationSource.update_or_create_from_instance(public(other))
        Translation.objects.create(
            source=source, target_locale=task_of(event, "fr").target_locale, enabled=False
        )
        return public(other)

    def test_its_editor_opens(self, event, spanish, client):
        """For those who may open it, and fails for nobody."""
        places = [
            f"/admin/pages/{Event.objects.get(locale__language_code='fr').pk}/edit/",
            f"/admin/translations/{task_of(event, 'fr').pk}/",
        ]
        for role in ROLES:
            client.logout()
            if role:
                client.force_login(make_user(is_superuser=True) if role == "superuser" else make_user(role))
            answers = {client.get(place).status_code for place in places}
            if role in ("Editors", "Language reviewers (fr)", "Administrators", "superuser"):
                assert answers == {200}, role
            else:
                assert answers <= {200, 302, 403}, role

    def test_the_language_it_was_first_written_in_is_the_source(self, event, spanish, translator, reviewer):
        publish(event, title="Workshops")
        publish(spanish, title="Talleres")
        take_in(event)
        renew_work(Work.objects.get(object_id=event.pk).content_type_id, spanish.pk)
        page = translate(translator, reviewer, task_of(event, "fr"))
        share_with_library(fresh(task_of(event, "fr")))
        assert page.title == "FR Workshops"
        assert Work.objects.filter(translation_key=event.translation_key).count() == 1
        assert StringTranslation.objects.filter(data="FR Workshops").count() == 1
        assert wrong() == []

    def test_a_translation_that_is_said_to_be_an_original_takes_nothing_over(self, event, spanish):
        """`written_in` is a field of the form: an editor may set it wrong."""
        publish(spanish, written_in="es")
        renew_work(Work.objects.get(object_id=event.pk).content_type_id, spanish.pk)
        work = Work.objects.get(translation_key=event.translation_key)
        assert (work.object_id, work.source_locale.language_code) == (event.pk, "en")
        publish(event, title="Workshops")
        take_in(event)
        assert task_of(event, "es").label == task_of(event, "fr").label == "outdated"
        assert wrong() == []


class TestClosedWhileClaimed:
    @pytest.fixture
    def begun(self, event, translator):
        task = task_of(event, "fr")
        claim(translator, task.pk)
        save_segment(translator, task.pk, task.work.source[0].key, "Atelier", seen=0)
        close_language(make_user("Administrators"), "fr")
        bump_stamp()
        return fresh(task)

    def test_its_holder_goes_on_and_it_is_published(self, begun, event, translator, reviewer, client):
        client.force_login(translator)
        assert client.get(f"/admin/translations/{begun.pk}/").status_code == 200
        page = translate(translator, reviewer, begun)
        assert page.title == "Atelier"
        assert client.get(page.url).status_code == 200
        assert wrong() == []

    def test_given_back_nobody_takes_it_and_what_was_written_is_kept(self, begun, translator, client):
        release(translator, begun.pk)
        with pytest.raises(LanguageClosed):
            claim(translator, begun.pk)
        client.force_login(translator)
        assert "closed to new translations" in send(client, begun, "claim")
        assert [draft.text for draft in begun.drafts.all()] == ["Atelier"]

    def test_what_its_source_changes_meanwhile_is_translated_too(self, begun, event, translator, reviewer):
        publish(event, title="Workshops")
        take_in(event)
        page = translate(translator, reviewer, fresh(begun))
        assert page.title == "FR Workshops"

    def test_no_other_work_enters_it(self, begun):
        late = make_document(title="Late")
        take_in(late)
        assert not TranslationTask.objects.filter(
            work__translation_key=late.translation_key, target_locale=begun.target_locale
        ).exists()
