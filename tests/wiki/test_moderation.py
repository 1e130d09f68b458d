"""From a submitted text to a decision."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cms.wiki.models import PublishedRevision, Submission
from cms.wiki.services import (
    AlreadyDecided,
    Conflict,
    NothingChanged,
    Protected,
    Seen,
    StaleText,
    approve,
    decline,
    keep_draft,
    protect,
    request_changes,
    resolve_conflict,
    submit_for_review,
    take_back,
)
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import public, seen, submit, text, write

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def page_of_module(site_of_module):
    return make_document(title="The bakery", summary="Bread for all.")


@pytest.fixture
def page(page_of_module, site):
    """Made once a module; what a test changes of it is undone after the test."""
    return public(page_of_module)


@pytest.fixture
def author(site):
    return make_user("Authors", display_name="Ana")


@pytest.fixture
def other(site):
    return make_user("Authors", display_name="Bo")


@pytest.fixture
def editor(site):
    return make_user("Editors", display_name="Ed")


class TestSubmitting:
    def test_readers_keep_the_public_text_until_it_is_approved(self, page, author, editor):
        submission = submit(author, page, title="The new bakery", significance="typo")
        assert public(page).title == "The bakery"
        approve(editor, submission.pk, significance="substance")
        assert public(page).title == "The new bakery"
        copy = PublishedRevision.objects.get(page=page, number=2)
        assert (copy.author, copy.author_name, copy.summary) == (author, "Ana", "what changed")
        assert (copy.significance, copy.approved_by, copy.approved_alone) == ("substance", editor, False)

    def test_a_date_that_stayed_is_no_change(self, site, author):
        page = make_document(title="Dated", date=date(2009, 9, 1), date_precision="day")
        submission = write(author, page)
        with pytest.raises(NothingChanged):
            submit_for_review(author, submission.pk, submission.version, "nothing", "typo")
        public(page).save_revision().publish()
        assert PublishedRevision.objects.filter(page=page).count() == 1

    def test_a_summary_is_asked_for(self, page, author):
        submission = write(author, page, title="New")
        with pytest.raises(ValidationError) as error:
            submit_for_review(author, submission.pk, submission.version, "  ", "huge")
        assert set(error.value.message_dict) == {"summary", "significance"}

    def test_a_text_that_says_what_is_public_is_not_submitted(self, page, author):
        submission = write(author, page)
        with pytest.raises(NothingChanged):
            submit_for_review(author, submission.pk, submission.version, "nothing", "typo")

    def test_a_page_that_was_protected_meanwhile_takes_no_text(self, page, author, editor):
        submission = write(author, page, title="New")
        protect(editor, page, "editors", "an edit war")
        with pytest.raises(Protected):
            submit_for_review(author, submission.pk, submission.version, "change", "typo")
        submission.refresh_from_db()
        assert (submission.state, submission.content["title"]) == ("draft", "New")

    def test_who_is_no_author_any_more_submits_nothing(self, page, author):
        submission = write(author, page, title="New")
        author.groups.clear()
        with pytest.raises(PermissionDenied):
            submit_for_review(
                type(author).objects.get(pk=author.pk), submission.pk, submission.version, "change", "typo"
            )

    def test_submitting_twice_is_submitting_once(self, page, author):
        submission = submit(author, page, title="New")
        again = submit_for_review(author, submission.pk, submission.version, "again", "typo")
        assert again.summary == "what changed"
        assert page.workflow_states.count() == 1

    def test_nobody_submits_the_text_of_another(self, page, author, other):
        submission = write(author, page, title="New")
        with pytest.raises(PermissionDenied):
            submit_for_review(other, submission.pk, submission.version, "mine now", "typo")

    def test_dates_of_publication_are_not_the_author_s_to_say(self, page, author, editor):
        submission = submit(
            author, page, title="New", go_live_at="2031-01-01T00:00:00Z", expire_at="2026-01-01T00:00:00Z"
        )
        approve(editor, submission.pk)
        assert (public(page).title, public(page).go_live_at, public(page).expire_at) == ("New", None, None)

    def test_a_new_page_goes_the_same_way(self, site, author, editor):
        page = make_document(title="New here", publish=False, owner=author)
        page.save_revision(user=author)
        submission = submit(author, page, summary="a first text")
        approve(editor, submission.pk)
        assert public(page).live
        assert PublishedRevision.objects.get(page=page).author == author


class TestSeveralAuthors:
    def test_the_second_waits_and_has_its_turn(self, page, author, other, editor):
        first = submit(author, page, title="First")
        second = submit(other, page, licence="cc-by-4.0")
        assert (first.is_in_review, second.waits_for_others) == (True, True)
        approve(editor, first.pk)
        second.refresh_from_db()
        assert second.is_in_review
        approve(editor, second.pk)
        assert (public(page).title, public(page).licence) == ("First", "cc-by-4.0")

    def test_the_second_in_conflict_goes_back_to_its_author_with_both_texts(
        self, page, author, other, editor
    ):
        first, second = submit(author, page, title="First"), submit(other, page, title="Second")
        approve(editor, first.pk)
        second.refresh_from_db()
        assert (second.state, second.content["title"], public(page).title) == (
            "changes_requested",
            "Second",
            "First",
        )
        with pytest.raises(Conflict) as conflict:
            submit_for_review(other, second.pk, second.version, "again", "typo")
        assert conflict.value.fields == ["title"]
        resolved = resolve_conflict(other, second.pk, second.version, {"title": "mine"})
        resolved = submit_for_review(other, resolved.pk, resolved.version, "again", "typo")
        approve(editor, resolved.pk)
        assert public(page).title == "Second"

    def test_a_declined_text_is_nobody_s_start(self, page, author, other, editor):
        submission = submit(author, page, title="Refused")
        decline(editor, submission.pk, "not true")
        assert public(page).get_latest_revision_as_object().title == "The bakery"
        assert text(page)["title"] == "The bakery"
        assert not public(page).has_unpublished_changes
        submission.refresh_from_db()
        assert (submission.state, submission.content["title"]) == ("declined", "Refused")

    def test_declining_lets_the_next_in(self, page, author, other, editor):
        first, second = submit(author, page, title="First"), submit(other, page, title="Second")
        decline(editor, first.pk, "no")
        second.refresh_from_db()
        assert second.is_in_review
        assert public(page).get_latest_revision_as_object().title == "Second"

    def test_a_text_in_review_is_joined_with_what_is_published_beside_it(self, page, author, editor):
        submission = submit(author, page, title="New")
        beside = public(page)
        beside.licence = "cc-by-4.0"
        beside.save_revision().publish()
        submission.refresh_from_db()
        assert submission.is_in_review
        approve(editor, submission.pk)
        assert (public(page).title, public(page).licence) == ("New", "cc-by-4.0")

    def test_a_text_in_review_never_overwrites_what_is_published_beside_it(self, page, author, editor):
        submission = submit(author, page, title="New")
        beside = public(page)
        beside.title = "Beside"
        beside.save_revision().publish()
        submission.refresh_from_db()
        assert (submission.state, submission.content["title"]) == ("changes_requested", "New")
        assert public(page).title == "Beside"
        assert public(page).current_workflow_state is None

    def test_an_editor_s_draft_is_not_buried_by_a_submission(self, page, author, editor):
        draft = public(page)
        draft.title = "The editor's draft"
        draft.save_revision(user=editor)
        submit(author, page, title="New")
        kept = Submission.objects.get(author=editor)
        assert (kept.state, kept.content["title"]) == ("draft", "The editor's draft")


class TestDeciding:
    def test_changes_are_requested_made_and_approved(self, page, author, editor):
        submission = submit(author, page, title="New")
        request_changes(editor, submission.pk, "name the baker")
        submission.refresh_from_db()
        assert (submission.state, submission.reason, submission.revision) == (
            "changes_requested",
            "name the baker",
            None,
        )
        assert page.current_workflow_state is None
        again = submit(author, page, title="New, by Ana")
        assert again.pk == submission.pk
        approve(editor, again.pk)
        assert public(page).title == "New, by Ana"

    @pytest.mark.parametrize("verb", [request_changes, decline])
    def test_a_reason_is_asked_for(self, page, author, editor, verb):
        submission = submit(author, page, title="New")
        with pytest.raises(ValidationError):
            verb(editor, submission.pk, "  ")

    @pytest.mark.parametrize("role", [None, "Authors", "Translators (es)", "Language reviewers (es)"])
    def test_only_those_who_decide_decide(self, page, author, role):
        submission = submit(author, page, title="New")
        with pytest.raises(PermissionDenied):
            approve(make_user(role), submission.pk)

    def test_nobody_approves_their_own_while_another_could(self, page, editor):
        make_user("Editors")
        submission = submit(editor, page, title="Mine")
        with pytest.raises(PermissionDenied):
            approve(editor, submission.pk)

    def test_an_only_editor_does_and_it_is_recorded(self, page, editor):
        submission = submit(editor, page, title="Mine")
        approve(editor, submission.pk)
        copy = PublishedRevision.objects.get(page=page, number=2)
        assert (copy.approved_by, copy.approved_alone) == (editor, True)

    def test_what_another_decided_is_told_not_repeated(self, page, author, editor):
        submission = submit(author, page, title="New")
        approve(editor, submission.pk)
        with pytest.raises(AlreadyDecided):
            decline(make_user("Editors"), submission.pk, "too late")
        assert public(page).title == "New"

    def test_a_text_that_changed_since_it_was_looked_at_is_not_approved(self, page, author, editor):
        submission = submit(author, page, title="New")
        looked_at = submission.revision_id
        revised = public(page).get_latest_revision_as_object()
        revised.title = "Newer"
        revised.save_revision(user=make_user("Editors", display_name="Eve"))
        with pytest.raises(AlreadyDecided):
            approve(editor, submission.pk, seen_revision=looked_at)
        approve(editor, submission.pk, seen_revision=public(page).latest_revision_id)
        copy = PublishedRevision.objects.get(page=page, number=2)
        assert (copy.title, copy.author, copy.co_authors) == ("Newer", author, ["Eve"])

    def test_wagtail_s_own_screen_comes_to_the_same(self, page, author, editor):
        submission = submit(author, page, title="New")
        state = public(page).current_workflow_task_state
        state.task.specific.on_action(state, editor, "approve")
        submission.refresh_from_db()
        assert (submission.state, public(page).title) == ("published", "New")

    def test_taken_back_it_can_be_written_on(self, page, author):
        submission = submit(author, page, title="New")
        take_back(author, submission.pk)
        assert write(author, page, title="Newer").state == "draft"
        assert page.current_workflow_state is None

    def test_a_translation_is_for_the_reviewers_of_its_language(self, page, author, editor):
        reviewer = make_user("Language reviewers (es)")
        spanish = make_document(lang="es", title="La panadería", translation_of=page)
        submission = submit(author, spanish, title="La nueva panadería")
        with pytest.raises(PermissionDenied):
            approve(editor, submission.pk)
        approve(reviewer, submission.pk)
        assert public(spanish).title == "La nueva panadería"


class TestOwnText:
    def test_two_windows_do_not_overwrite_each_other(self, page, author):
        first = write(author, page, title="One")
        before = seen(first)
        write(author, page, seen=before, title="Two")
        with pytest.raises(StaleText):
            write(author, page, seen=before, title="Three")
        assert Submission.objects.get(pk=first.pk).content["title"] == "Two"

    def test_two_first_savings_make_one_text(self, page, author):
        write(author, page, title="One")
        with pytest.raises(StaleText):
            keep_draft(author, page, text(page, title="Two"), Seen(0, 0, 0))

    def test_it_counts_from_what_was_seen_not_from_what_came_since(self, page, author, other, editor):
        base = PublishedRevision.objects.get(page=page)
        approve(editor, submit(other, page, title="Overtaken").pk)
        mine = keep_draft(author, page, {**base.content, "title": "Mine"}, Seen(0, 0, base.pk))
        with pytest.raises(Conflict):
            submit_for_review(author, mine.pk, mine.version, "mine", "typo")


class TestCopies:
    def test_a_page_that_comes_back_unchanged_is_no_new_version(self, page):
        page.unpublish()
        page.get_latest_revision().publish()
        assert PublishedRevision.objects.filter(page=page).count() == 1

    def test_the_copy_does_not_follow_the_page(self, page, author, editor):
        approve(editor, submit(author, page, title="New").pk)
        first = PublishedRevision.objects.get(page=page, number=1)
        assert (first.title, first.as_page().title) == ("The bakery", "The bakery")

    def test_a_copy_stays_credited_when_its_author_goes(self, page, author, editor):
        approve(editor, submit(author, page, title="New").pk)
        author.delete()
        copy = PublishedRevision.objects.get(page=page, number=2)
        assert (copy.author, copy.author_name) == (None, "Ana")
