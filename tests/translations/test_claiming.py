"""Who works on a translation: one at a time, for as long as they do; and who may move it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from cms.accounts.models import User
from cms.core.dates import written_date
from cms.translations.models import TranslationTask
from cms.translations.services.claiming import (
    AlreadyClaimed,
    NotInReach,
    claim,
    end_idle_claims,
    hand_over,
    plan,
    release,
)
from cms.translations.services.drafting import save_segment
from cms.translations.services.submitting import submit_translation
from tests.factories.documents import make_user

from .translating import fresh, public, survey_of, task_of, write_all

pytestmark = pytest.mark.django_db
ROLES = (
    None,
    "Authors",
    "Translators (es)",
    "Translators (fr)",
    "Language reviewers (fr)",
    "Editors",
    "Administrators",
)


@pytest.fixture
def task(event) -> TranslationTask:
    return task_of(event, "fr")


@pytest.fixture
def other(site) -> User:
    return make_user("Translators (fr)", "autre")


def post(client, task, verb: str, **data):
    return client.post(f"/admin/translations/{task.pk}/{verb}/", data)


def later(task: TranslationTask, **fields) -> TranslationTask:
    TranslationTask.objects.filter(pk=task.pk).update(**fields)
    return fresh(task)


class TestAClaim:
    def test_it_holds_for_days_from_the_last_sign_of_life(self, task, translator, settings):
        settings.TRANSLATION_CLAIM_DAYS = 3
        claim(translator, task.pk)
        task = later(task, claim_expires_at=timezone.now() + timedelta(hours=1), warned_at=timezone.now())
        key = survey_of(task).standings[0].segment.key
        save_segment(translator, task.pk, key, "Atelier", seen=0)
        task = fresh(task)
        assert timedelta(days=2, hours=23) < task.claim_expires_at - timezone.now() <= timedelta(days=3)
        assert task.warned_at is None

    def test_one_person_holds_it_at_a_time(self, task, translator, other):
        claim(translator, task.pk)
        with pytest.raises(AlreadyClaimed) as told:
            claim(other, task.pk)
        assert told.value.task.assignee == translator
        assert fresh(task).assignee == translator

    def test_claiming_again_prolongs_it(self, task, translator):
        claim(translator, task.pk)
        before = later(task, claim_expires_at=timezone.now() + timedelta(hours=1)).claimed_at
        claim(translator, task.pk)
        assert fresh(task).claim_expires_at > timezone.now() + timedelta(days=6)
        assert fresh(task).claimed_at == before

    def test_one_that_ran_out_is_free_for_others(self, task, translator, other):
        claim(translator, task.pk)
        later(task, claim_expires_at=timezone.now() - timedelta(minutes=1))
        claim(other, task.pk)
        assert fresh(task).assignee == other

    def test_nobody_takes_on_what_is_in_review_or_not_public(self, task, event, translator, other):
        write_all(translator, task)
        submit_translation(translator, task.pk)
        with pytest.raises(NotInReach):
            claim(other, task.pk)
        public(event).unpublish()
        with pytest.raises(NotInReach):
            claim(make_user("Translators (es)"), task_of(event, "es").pk)


class TestItsEnd:
    def test_it_ends_after_a_warning(self, task, translator):
        claim(translator, task.pk)
        end_idle_claims()
        assert fresh(task).warned_at is None
        later(task, claim_expires_at=timezone.now() + timedelta(days=1))
        end_idle_claims()
        assert fresh(task).warned_at is not None
        assert fresh(task).assignee == translator
        later(task, claim_expires_at=timezone.now() - timedelta(minutes=1))
        end_idle_claims()
        assert (fresh(task).assignee, fresh(task).label) == (None, "missing")

    def test_nobody_loses_it_unwarned_though_the_scheduler_slept(self, task, translator):
        claim(translator, task.pk)
        later(task, claim_expires_at=timezone.now() - timedelta(days=5))
        end_idle_claims()
        assert fresh(task).assignee == translator
        assert fresh(task).claim_expires_at > timezone.now()

    def test_what_was_written_stays(self, task, translator, other):
        write_all(translator, task)
        later(task, claim_expires_at=timezone.now() - timedelta(minutes=1), warned_at=timezone.now())
        end_idle_claims()
        task = fresh(task)
        assert (task.assignee, task.words_to_do) == (None, 0)
        claim(other, task.pk)
        submit_translation(other, task.pk)
        assert fresh(task).label == "in_review"

    def test_what_is_in_review_does_not_end(self, task, translator):
        write_all(translator, task)
        submit_translation(translator, task.pk)
        later(task, claim_expires_at=timezone.now() - timedelta(days=5), warned_at=timezone.now())
        end_idle_claims()
        assert fresh(task).label == "in_review"


# Verb → who may do it to a translation that another holds.
MAY = {
    "claim": {"Translators (fr)", "Language reviewers (fr)", "Administrators"},  # where nobody holds it
    "release": {"Language reviewers (fr)", "Administrators"},
    "hand_over": {"Language reviewers (fr)", "Administrators"},
    "plan": {"Language reviewers (fr)", "Editors", "Administrators"},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", MAY)
def test_who_may_move_a_translation(task, translator, other, role, verb):
    person = make_user(role)
    if verb != "claim":
        claim(translator, task.pk)
    verbs = {
        "claim": lambda: claim(person, task.pk),
        "release": lambda: release(person, task.pk),
        "hand_over": lambda: hand_over(person, task.pk, other),
        "plan": lambda: plan(person, task.pk, 1, None),
    }
    before = fresh(task)
    if role in MAY[verb]:
        verbs[verb]()
        after = fresh(task)
        assert (after.assignee_id, after.priority) != (before.assignee_id, before.priority)
    else:
        with pytest.raises(PermissionDenied):
            verbs[verb]()
        assert (fresh(task).assignee_id, fresh(task).priority) == (before.assignee_id, before.priority)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", MAY)
def test_the_screens_ask_the_same(client, task, translator, other, role, verb):
    if verb != "claim":
        claim(translator, task.pk)
    before = fresh(task)
    client.force_login(make_user(role))
    data = {"to": other.pk} if verb == "hand_over" else {"priority": "1"}
    answer = post(client, task, verb.replace("_", "-"), **data)
    assert answer.status_code in ((302,) if role in MAY[verb] else (302, 403))
    moved = (fresh(task).assignee_id, fresh(task).priority) != (before.assignee_id, before.priority)
    assert moved == (role in MAY[verb])


def test_the_holder_releases_and_hands_over(task, translator, other):
    claim(translator, task.pk)
    hand_over(translator, task.pk, other)
    assert fresh(task).assignee == other
    with pytest.raises(PermissionDenied):
        release(translator, task.pk)
    release(other, task.pk)
    assert fresh(task).assignee is None


@pytest.mark.parametrize("role", [None, "Authors", "Translators (es)", "Editors"])
def test_it_is_handed_to_nobody_who_does_not_translate(task, translator, role):
    claim(translator, task.pk)
    with pytest.raises(PermissionDenied):
        hand_over(translator, task.pk, make_user(role))
    assert fresh(task).assignee == translator


class TestTheScreens:
    def test_claiming_leads_to_the_editor(self, client, task, translator):
        client.force_login(translator)
        assert post(client, task, "claim").url == f"/admin/translations/{task.pk}/"
        assert fresh(task).assignee == translator

    def test_who_comes_too_late_is_told_who_was_quicker_and_until_when(self, client, task, translator, other):
        claim(translator, task.pk)
        client.force_login(other)
        answer = post(client, task, "claim", next="/admin/translations/?sort=age")
        assert answer.url == "/admin/translations/?sort=age"
        html = client.get(answer.url).text
        until = written_date(timezone.localdate(fresh(task).claim_expires_at))
        assert f"traductrice has claimed “Workshop”, until {until}." in html

    def test_releasing_leads_back_to_the_list_as_it_was(self, client, task, translator):
        claim(translator, task.pk)
        client.force_login(translator)
        assert (
            post(client, task, "release", next="/admin/translations/?mine=1").url
            == "/admin/translations/?mine=1"
        )
        assert fresh(task).assignee is None
        assert "back in the queue" in client.get("/admin/translations/").text
        post(client, task, "release")
        assert "not yours to move" in client.get("/admin/translations/").text

    def test_handing_over_offers_those_who_translate(self, client, task, translator, other):
        reviewer, away = make_user("Language reviewers (fr)"), make_user("Translators (fr)", is_active=False)
        make_user("Translators (es)")
        claim(translator, task.pk)
        client.force_login(translator)
        answer = client.get(f"/admin/translations/{task.pk}/hand-over/")
        assert set(answer.context["people"]) == {other, reviewer}
        for wrong in ("", "x", away.pk, translator.pk):
            answer = post(client, task, "hand-over", to=wrong)
            assert answer.status_code == 422
            assert "Nothing was changed yet" in answer.text
        assert post(client, task, "hand-over", to=other.pk).status_code == 302
        assert fresh(task).assignee == other

    def test_a_reviewer_assigns_what_nobody_holds(self, client, task, reviewer, other):
        client.force_login(reviewer)
        assert "Assign" in client.get("/admin/translations/").text
        post(client, task, "hand-over", to=other.pk)
        assert fresh(task).assignee == other

    def test_planning_keeps_what_was_typed_when_something_is_wrong(self, client, task, reviewer):
        client.force_login(reviewer)
        over = (timezone.localdate() - timedelta(days=1)).isoformat()
        answer = post(client, task, "plan", priority="2", due_on=over)
        assert answer.status_code == 422
        assert over in answer.text
        soon = timezone.localdate() + timedelta(days=9)
        assert post(client, task, "plan", priority="2", due_on=soon.isoformat()).status_code == 302
        task = fresh(task)
        assert (task.priority, task.due_on) == (2, soon)
        assert task.need >= 2000
        assert soon.isoformat() in client.get(f"/admin/translations/{task.pk}/plan/").text

    @pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example", "/en/me/", "/admin/logout/"])
    def test_it_leads_to_no_other_place(self, client, task, translator, next):
        claim(translator, task.pk)
        client.force_login(translator)
        assert post(client, task, "release", next=next).url == "/admin/translations/"

    @pytest.mark.parametrize("number", [0, 999_999, 10**30])
    @pytest.mark.parametrize("verb", ["claim", "release", "hand-over", "plan"])
    def test_what_does_not_exist_is_not_found(self, client, task, translator, verb, number):
        client.force_login(translator)
        assert client.post(f"/admin/translations/{number}/{verb}/").status_code == 404

    @pytest.mark.parametrize("verb", ["claim", "release"])
    def test_looking_changes_nothing(self, client, task, translator, verb):
        client.force_login(translator)
        assert client.get(f"/admin/translations/{task.pk}/{verb}/").status_code == 405

    def test_another_site_cannot_send_it(self, task, translator):
        client = Client(enforce_csrf_checks=True)
        client.force_login(translator)
        assert post(client, task, "claim").status_code == 403
        assert fresh(task).assignee is None
