"""Whom translations tell what: in their language, once, with the reason and where to look."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.notifications.kinds import known_kinds
from cms.notifications.models import Notification
from cms.notifications.queries import unread_count
from cms.translations import notices
from cms.translations.models import SegmentComment, TranslationTask
from cms.translations.queries.texts import survey_of
from cms.translations.services.claiming import claim, end_idle_claims, hand_over, release
from cms.translations.services.drafting import save_segment
from cms.translations.services.requesting import request_translation
from cms.translations.services.submitting import approve_translation, send_back, submit_translation, take_back
from cms.wiki.services import approve, request_changes
from tests.factories.documents import make_user
from tests.factories.entries import make_theme
from tests.wiki.mail_tools import by_reader, mails_after

from .translating import fresh, public, take_in, task_of, write_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(event) -> TranslationTask:
    return task_of(event, "fr")


@pytest.fixture
def other(site):
    return make_user("Translators (fr)", "autre", display_name="Bo")


def told(user) -> list[str]:
    """Kinds, with what was said; oldest first."""
    rows = Notification.objects.filter(recipient=user).order_by("id")
    return [" ".join(filter(None, [row.kind, row.data.get("said", "")])) for row in rows]


def submitted(task, translator):
    write_all(translator, task)
    return submit_translation(translator, task.pk)


class TestClaims:
    def test_who_is_handed_a_translation_reads_by_whom(self, task, translator, other, mailoutbox):
        claim(translator, task.pk)
        hand_over(translator, task.pk, other)
        found = by_reader(mails_after(mailoutbox))
        assert set(found) == {"autre"}
        assert "traductrice has handed the translation into français over to you." in found["autre"]
        assert f"/admin/translations/{task.pk}/" in found["autre"]

    @pytest.mark.parametrize("verb", ["release", "hand_over"])
    def test_who_loses_it_to_a_reviewer_is_told(self, task, translator, reviewer, other, verb):
        claim(translator, task.pk)
        if verb == "release":
            release(reviewer, task.pk)
        else:
            hand_over(reviewer, task.pk, other)
        assert told(translator) == ["translations-work taken"]

    def test_releasing_one_s_own_tells_nobody(self, task, translator):
        claim(translator, task.pk)
        release(translator, task.pk)
        assert not Notification.objects.exists()

    def test_the_end_is_told_before_and_after(self, task, translator, mailoutbox):
        claim(translator, task.pk)
        TranslationTask.objects.filter(pk=task.pk).update(
            claim_expires_at=timezone.now() + timedelta(hours=30)
        )
        end_idle_claims()
        end_idle_claims()
        assert told(translator) == ["translations-work ends_soon"]
        assert "your claim ends on" in by_reader(mails_after(mailoutbox))["traductrice"]
        TranslationTask.objects.filter(pk=task.pk).update(
            claim_expires_at=timezone.now() - timedelta(hours=1)
        )
        end_idle_claims()
        assert told(translator)[1:] == ["translations-work ended"]
        assert "What you wrote is kept" in by_reader(mails_after(mailoutbox))["traductrice"]

    def test_a_claim_that_was_prolonged_is_not_mailed_as_ending(self, task, translator, mailoutbox):
        claim(translator, task.pk)
        TranslationTask.objects.filter(pk=task.pk).update(
            claim_expires_at=timezone.now() + timedelta(hours=30)
        )
        end_idle_claims()
        claim(translator, task.pk)
        assert mails_after(mailoutbox) == []


class TestReview:
    def test_the_reviewers_of_the_language_hear_of_it_once(self, task, translator, reviewer, mailoutbox):
        second = make_user("Language reviewers (fr)", "seconde")
        make_user("Language reviewers (es)")
        make_user("Editors")
        submitted(task, translator)
        found = by_reader(mails_after(mailoutbox))
        assert set(found) == {"relecteur", second.username}
        assert "traductrice has submitted a translation into français" in found["relecteur"]
        assert f"/admin/translations/{task.pk}/" in found["relecteur"]
        assert told(reviewer) == ["translations-review"]

    def test_what_was_decided_or_taken_back_is_no_longer_counted(
        self, task, translator, reviewer, mailoutbox
    ):
        second = make_user("Language reviewers (fr)")
        submitted(task, translator)
        take_back(translator, task.pk)
        assert unread_count(reviewer) == 0
        submit_translation(translator, task.pk)
        assert unread_count(second) == 1
        approve_translation(reviewer, task.pk)
        assert unread_count(second) == 0
        assert second.username not in by_reader(mails_after(mailoutbox))

    def test_who_wrote_some_of_it_reads_the_reason_too(self, task, translator, reviewer, other, mailoutbox):
        claim(other, task.pk)
        first = survey_of(task).standings[0].segment
        save_segment(other, task.pk, first.key, "Un atelier", seen=0)
        hand_over(other, task.pk, translator)
        mails_after(mailoutbox)
        submitted(task, translator)
        send_back(reviewer, task.pk, "Relis le deuxième paragraphe.")
        found = by_reader(mails_after(mailoutbox))
        assert {"traductrice", "autre"} <= set(found)
        for name in ("traductrice", "autre"):
            assert "relecteur asks for changes to the translation into français:" in found[name]
            assert "Relis le deuxième paragraphe." in found[name]
        assert told(translator)[-1] == told(other)[-1] == "translations-work sent_back"
        assert not Notification.objects.filter(kind__startswith="wiki-texts").exists()

    def test_published_reaches_who_wrote_and_no_reviewer(self, task, translator, reviewer, mailoutbox):
        submitted(task, translator)
        mails_after(mailoutbox)
        approve_translation(reviewer, task.pk)
        assert told(translator) == ["translations-work published"]
        assert set(by_reader(mails_after(mailoutbox))) == {"traductrice"}

    def test_a_decision_on_the_wiki_s_own_screen_is_told_once(self, task, translator, reviewer):
        submission = submitted(task, translator).submission
        request_changes(reviewer, submission.pk, "More.")
        assert told(translator) == ["wiki-texts changes_requested"]
        assert unread_count(reviewer) == 0
        submit_translation(translator, task.pk)
        approve(reviewer, fresh(task).submission_id)
        assert told(translator)[1:] == ["wiki-texts published"]

    def test_a_shared_entry_is_told_of_in_the_same_way(self, site, translator, reviewer):
        theme = make_theme("Water")
        take_in(theme)
        task = task_of(theme, "fr")
        submitted(task, translator)
        assert told(reviewer) == ["translations-review"]
        approve_translation(reviewer, task.pk)
        assert told(translator) == ["translations-work published"]
        assert unread_count(reviewer) == 0


def test_readers_who_asked_are_mailed_where_to_read_it(task, translator, reviewer, mailoutbox):
    reader = make_user(name="lectrice", interface_language="es")
    request_translation(task.pk, "visitor:1", reader.pk)
    submitted(task, translator)
    assert "lectrice" not in by_reader(mails_after(mailoutbox))
    approve_translation(reviewer, task.pk)
    page = type(public(task.work.page.specific)).objects.get(locale__language_code="fr")
    assert f"/es/wiki/{page.pk}/" in by_reader(mails_after(mailoutbox))["lectrice"]


def test_mentions_lead_to_the_segment(task, translator, other, mailoutbox):
    segment = survey_of(task).standings[0].segment
    comment = SegmentComment.objects.create(
        task=task, key=segment.key, author=translator, author_name="traductrice", text="@autre what is this?"
    )
    notices.mentioned(comment, [other, translator])
    found = by_reader(mails_after(mailoutbox))
    assert set(found) == {"autre"}
    assert "@autre what is this?" in found["autre"]
    assert f"/admin/translations/{task.pk}/#s-{segment.key}" in found["autre"]


def test_nothing_is_mailed_of_what_is_public_no_more(task, event, translator, reviewer, mailoutbox):
    submitted(task, translator)
    public(event).unpublish()
    assert mails_after(mailoutbox) == []


def test_who_lost_the_role_is_not_mailed(task, translator, reviewer, mailoutbox):
    submitted(task, translator)
    reviewer.groups.clear()
    assert mails_after(mailoutbox) == []


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (None, {"translations-readable"}),
        ("Translators (fr)", {"translations-work", "translations-mentioned", "translations-readable"}),
        (
            "Language reviewers (fr)",
            {"translations-work", "translations-review", "translations-mentioned", "translations-readable"},
        ),
    ],
)
def test_the_settings_offer_what_concerns_one(client, site, role, kinds):
    user = make_user(role)
    offered = {code for code, kind in known_kinds().items() if kind.offered_to(user)}
    assert {code for code in offered if code.startswith("translations-")} == kinds
    client.force_login(user)
    html = client.get("/en/me/notifications/settings/").text
    assert ("Translations that wait for my review" in html) == ("translations-review" in kinds)
    assert "Translations I asked for" in html
