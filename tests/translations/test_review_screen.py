"""The reviewer's screen: what is new beside what readers have, who decides, and what the one who comes late is told."""

import pytest

from cms.translations.models import SegmentDraft
from cms.translations.services.claiming import claim
from cms.translations.services.drafting import save_segment
from cms.translations.services.submitting import approve_translation, submit_translation, take_back
from initiatives.models import Event
from tests.factories.documents import make_user
from tests.wiki.moderation_tools import submit as submit_text
from tests.wiki.publishing import publish

from .originals import LONGER, body, edited
from .test_editor_screen import base, key_of, save, screen_of
from .translating import fresh, public, take_in, task_of, translate, write_all

pytestmark = pytest.mark.django_db
WAS = "FR It lasted."
NEW = "FR Cela dura sept ans."


@pytest.fixture
def task(event):
    return task_of(event, "fr")


@pytest.fixture
def submitted(task, translator):
    write_all(translator, task)
    submit_translation(translator, task.pk, "À relire : le titre.")
    return fresh(task)


@pytest.fixture
def renewed(event, translator, reviewer, task):
    """A published translation, brought up to a changed original and submitted."""
    translate(translator, reviewer, task)
    publish(event, note_significance="addition", body=body(edited(("It lasted.", LONGER))))
    take_in(event)
    claim(translator, task.pk)
    save_segment(translator, task.pk, key_of(task, LONGER), NEW, seen=0)
    submit_translation(translator, task.pk)
    return fresh(task)


def decide(client, task, decision="approve", reason="", seen=None):
    last = screen_of(task).last_draft if seen is None else seen
    return client.post(f"{base(task)}decide/", {"decision": decision, "reason": reason, "seen": last})


def target() -> Event:
    return Event.objects.get(locale__language_code="fr")


class TestWhatTheReviewerSees:
    def test_of_a_renewed_translation_only_what_it_changes(self, renewed, reviewer, client):
        client.force_login(reviewer)
        page = client.get(base(renewed))
        (shown,) = [stretch for stretch in page.context["screen"].stretches if not stretch.folded]
        (line,) = shown.lines
        assert (line.row.standing.text, line.row.old_target) == (NEW, WAS)
        assert "<ins> for seven years</ins>" in page.text
        assert "<ins> Cela dura sept ans</ins>" in page.text
        assert "<del> It lasted</del>" in page.text
        assert "Approve and publish" in page.text

    def test_of_a_first_translation_everything(self, submitted, reviewer, client):
        client.force_login(reviewer)
        page = client.get(base(submitted))
        assert not any(stretch.folded for stretch in page.context["screen"].stretches)
        assert "À relire : le titre." in page.text
        assert "data-writes" in page.text

    @pytest.mark.parametrize(
        ("role", "writes", "decides"),
        [
            ("Editors", False, False),
            ("Translators (fr)", False, False),
            ("Language reviewers (fr)", True, True),
            ("Administrators", True, True),
        ],
    )
    def test_who_may_write_and_decide(self, submitted, reviewer, client, role, writes, decides):
        client.force_login(make_user(role))
        page = client.get(base(submitted))
        assert ("data-writes" in page.text) is writes
        assert ("Approve and publish" in page.text) is decides
        if not decides:
            assert "This is for relecteur to decide." in page.text
        answer = decide(client, submitted)
        assert (answer.status_code == 302) is decides
        assert target().live is decides

    def test_who_submitted_it_does_not_decide_while_another_can(self, task, reviewer, client):
        own = make_user("Language reviewers (fr)", "autrice")
        write_all(own, task)
        submit_translation(own, task.pk)
        client.force_login(own)
        page = client.get(base(task)).text
        assert "relecteur will decide on it" in page
        assert "Approve and publish" not in page
        assert decide(client, task).status_code == 409
        assert not target().live


class TestDeciding:
    def test_approving_publishes_what_the_reviewer_saw_and_corrected(self, submitted, reviewer, client):
        client.force_login(reviewer)
        assert save(client, submitted, "Workshop", "Un atelier", seen=1).status_code == 200
        assert decide(client, submitted).status_code == 302
        assert (target().title, target().live) == ("Un atelier", True)
        assert fresh(submitted).baseline.reviewer_name == "relecteur"

    def test_sending_back_needs_a_reason_and_keeps_what_was_typed(
        self, submitted, translator, reviewer, client
    ):
        client.force_login(reviewer)
        answer = decide(client, submitted, "send_back", "  ")
        assert answer.status_code == 422
        assert "Say what is missing" in answer.text
        assert fresh(submitted).in_review
        assert decide(client, submitted, "send_back", "Le titre est trop long.").status_code == 302
        client.force_login(translator)
        page = client.get(base(submitted)).text
        assert "Le titre est trop long." in page
        assert "data-writes" in page
        assert not target().live

    def test_a_segment_saved_since_is_looked_at_first(self, submitted, reviewer, client):
        seen = screen_of(submitted).last_draft
        save_segment(reviewer, submitted.pk, key_of(submitted, "Workshop"), "Autre", seen=1)
        client.force_login(make_user("Language reviewers (fr)"))
        answer = decide(client, submitted, reason="Presque.", seen=seen)
        assert answer.status_code == 409
        assert "saved since you looked" in answer.text
        assert "Presque." in answer.text
        assert not target().live

    @pytest.mark.parametrize("decision", ["approve", "send_back"])
    def test_who_comes_late_is_told(self, submitted, translator, reviewer, client, decision):
        client.force_login(make_user("Language reviewers (fr)"))
        seen = screen_of(submitted).last_draft
        approve_translation(reviewer, submitted.pk)
        number = SegmentDraft.objects.count()
        answer = decide(client, submitted, decision, "Trop tard ?", seen=0 if decision == "approve" else seen)
        assert answer.status_code == 409
        assert "decided on it meanwhile" in answer.text
        assert SegmentDraft.objects.count() == number

    def test_taken_back_meanwhile(self, submitted, translator, reviewer, client):
        client.force_login(reviewer)
        seen = screen_of(submitted).last_draft
        take_back(translator, submitted.pk)
        answer = decide(client, submitted, seen=seen)
        assert answer.status_code == 409
        assert not target().live

    def test_a_form_that_is_none_of_ours(self, submitted, reviewer, client):
        client.force_login(reviewer)
        assert decide(client, submitted, "publish at once").status_code == 400
        assert not target().live


class TestTheWikisOwnScreens:
    def test_the_moderators_screen_leads_to_the_review(self, submitted, reviewer, client):
        client.force_login(reviewer)
        page = client.get(f"/admin/wiki/submissions/{submitted.submission_id}/").text
        assert f'href="{base(submitted)}">Review the translation' in page

    def test_the_receipt_leads_to_the_translation(self, submitted, translator, client):
        client.force_login(translator)
        page = client.get(f"/en/wiki/submissions/{submitted.submission_id}/").text
        assert f'href="{base(submitted)}"' in page

    def test_any_other_text_is_decided_on_where_it_was(self, event, client):
        author, editor = make_user("Authors"), make_user("Editors")
        submission = submit_text(author, public(event), title="Another workshop")
        client.force_login(editor)
        page = client.get(f"/admin/wiki/submissions/{submission.pk}/").text
        assert 'name="decision"' in page
        assert "Review the translation" not in page
