"""Whom moderation tells what: in their language, once, with the reason and where to look."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from cms.notifications.models import Notification
from cms.notifications.queries import unread_count
from cms.wiki import notices
from cms.wiki.models import Submission, Suggestion
from cms.wiki.services import approve, decline, escalate_overdue, request_changes, take_back
from cms.wiki.services.suggestions import answer_suggestion
from tests.factories.documents import make_document, make_user
from tests.factories.entries import make_theme
from tests.wiki.mail_tools import by_reader, mails_after
from tests.wiki.moderation_tools import public, submit, write
from tests.wiki.publishing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site):
    return make_document(title="The bakery", summary="Bread for all.")


@pytest.fixture
def author(site):
    return make_user("Authors", name="ana", display_name="Ana", interface_language="fr")


@pytest.fixture
def editor(site):
    return make_user("Editors", name="ed", display_name="Ed", interface_language="en")


def told(user) -> list[tuple[str, str]]:
    rows = Notification.objects.filter(recipient=user).order_by("id")
    return [(row.kind, row.data.get("said", "")) for row in rows]


class TestSubmitting:
    def test_those_who_decide_are_told_and_nobody_else(self, page, author, editor, mailoutbox):
        other = make_user("Editors", name="eve", interface_language="es")
        make_user("Language reviewers (fr)", name="rev")
        submission = submit(author, page, summary="a new oven", title="The new bakery")
        found = by_reader(mails_after(mailoutbox))
        assert set(found) == {editor.username, other.username}
        assert "Ana has submitted a text." in found["ed"]
        assert "“a new oven” (addition)" in found["ed"]
        assert f"http://testserver/admin/wiki/submissions/{submission.pk}/" in found["ed"]

    def test_a_translation_goes_to_its_reviewers(self, page, author, editor, mailoutbox):
        reviewer = make_user("Language reviewers (es)", name="rev")
        spanish = make_document(lang="es", title="La panadería", translation_of=page)
        submit(author, spanish, title="La nueva panadería")
        assert set(by_reader(mails_after(mailoutbox))) == {reviewer.username}

    def test_what_was_taken_back_is_no_longer_mailed_nor_counted(self, page, author, editor, mailoutbox):
        submission = submit(author, page, title="New")
        assert unread_count(editor) == 1
        take_back(author, submission.pk)
        assert mails_after(mailoutbox) == []
        assert unread_count(editor) == 0

    def test_what_another_has_decided_is_no_longer_mailed(self, page, author, editor, mailoutbox):
        make_user("Editors", name="eve")
        submission = submit(author, page, title="New")
        approve(editor, submission.pk)
        assert set(by_reader(mails_after(mailoutbox))) == {"ana"}

    def test_who_lost_the_role_is_not_mailed(self, page, author, editor, mailoutbox):
        submit(author, page, title="New")
        editor.groups.clear()
        assert mails_after(mailoutbox) == []

    def test_handed_in_again_it_is_told_again(self, page, author, editor):
        submission = submit(author, page, title="New")
        request_changes(editor, submission.pk, "Say more.")
        submit(author, page, title="Newer")
        assert told(editor) == [("wiki-waiting", "submitted")] * 2

    def test_telling_twice_tells_once(self, page, author, editor):
        submission = submit(author, page, title="New")
        notices.submitted(submission)
        assert len(told(editor)) == 1


class TestDeciding:
    def test_the_author_reads_the_reason_and_where_to_go_on(self, page, author, editor, mailoutbox):
        submission = submit(author, page, summary="un four", title="New")
        request_changes(editor, submission.pk, "Name the street.")
        [mail] = mails_after(mailoutbox)
        assert mail.to == ["ana@example.org"]
        assert "Name the street." in mail.body
        assert "un four" in mail.body
        assert f"http://testserver/fr/wiki/submissions/{submission.pk}/" in mail.body

    @pytest.mark.parametrize("verb", [request_changes, decline])
    def test_a_reason_reaches_all_who_work_on_the_page(self, page, author, editor, verb):
        before = make_user("Authors", name="before")
        publish(page, before, title="Bakeries")
        under_way, saved, elsewhere = (
            make_user("Authors", name=name) for name in ("under_way", "saved", "elsewhere")
        )
        write(under_way, page, title="Mine")
        write(elsewhere, make_document(), title="Something else")
        public(page).save_revision(user=saved)
        submission = submit(author, page, title="New")
        verb(editor, submission.pk, "Not yet.")
        reached = Notification.objects.filter(kind="wiki-texts", about=f"submission:{submission.pk}")
        assert {(row.recipient.username, row.data["own"]) for row in reached} == {
            ("ana", True),
            ("under_way", False),
            ("saved", False),
        }
        assert {row.data["reason"] for row in reached} == {"Not yet."}

    def test_who_decides_is_not_told_even_if_they_wrote_too(self, page, author, editor):
        write(editor, page, title="The editor's own")
        submission = submit(author, page, title="New")
        decline(editor, submission.pk, "No.")
        assert ("wiki-texts", "declined") not in told(editor)

    def test_approval_is_told_to_the_author_alone(self, page, author, editor):
        other = make_user("Authors")
        write(other, page, licence="cc-by-4.0")
        approve(editor, submit(author, page, title="New").pk)
        assert ("wiki-texts", "published") in told(author)
        assert told(other) == []

    def test_others_are_not_mailed_about_a_page_that_was_hidden_meanwhile(
        self, page, author, editor, mailoutbox
    ):
        other = make_user("Authors", name="other")
        write(other, page, title="Mine")
        submission = submit(author, page, title="New")
        decline(editor, submission.pk, "A secret reason.")
        public(page).unpublish()
        assert set(by_reader(mails_after(mailoutbox))) == {"ana"}

    def test_a_text_overtaken_by_another_is_told_to_its_author(self, page, author, editor):
        late = make_user("Authors", name="late")
        first = submit(author, page, title="New")
        submit(late, page, title="Another")
        approve(editor, first.pk)
        assert ("wiki-texts", "overtaken") in told(late)


def test_overdue_is_told_to_all_editors_but_the_author(page, site, editor, mailoutbox):
    writer = make_user("Editors", name="writer")
    submission = submit(writer, page, title="New")
    mails_after(mailoutbox)
    Submission.objects.filter(pk=submission.pk).update(submitted_at=timezone.now() - timedelta(days=9))
    escalate_overdue()
    found = by_reader(mails_after(mailoutbox))
    assert set(found) == {"ed"}
    assert "has waited longer than the site promises" in found["ed"]


def test_a_suggestion_reaches_those_who_decide(page, author, editor, mailoutbox):
    suggestion = Suggestion.objects.create(
        page=page, text="The oven is older.", name="A visitor", language="en", form_token=uuid4()
    )
    notices.suggested(suggestion)
    notices.suggested(suggestion)
    found = by_reader(mails_after(mailoutbox))
    assert set(found) == {"ed"}
    assert "A visitor suggests a correction." in found["ed"]
    assert "The oven is older." in found["ed"]
    assert f"/admin/wiki/suggestions/{suggestion.pk}/" in found["ed"]


def test_a_suggestion_that_was_answered_is_no_longer_mailed(page, editor, mailoutbox):
    make_user("Editors", name="eve")
    suggestion = Suggestion.objects.create(page=page, text="Older.", language="en", form_token=uuid4())
    notices.suggested(suggestion)
    answer_suggestion(editor, suggestion.pk, "", refuse=True)
    assert mails_after(mailoutbox) == []
    assert unread_count(editor) == 0


class TestWagtailKeepsSilent:
    """Pages and entries in its workflow: whatever is mailed, the outbox of the site sends it."""

    def test_about_pages(self, page, author, editor, mailoutbox):
        submission = submit(author, page, title="New")
        request_changes(editor, submission.pk, "Say more.")
        approve(editor, submit(author, page, title="Newer").pk)
        assert mailoutbox == []

    @pytest.mark.parametrize("verb", ["approve", "reject"])
    def test_about_entries(self, site, author, editor, mailoutbox, verb):
        theme = make_theme("Water")
        theme.save_revision(user=author)
        state = theme.get_workflow().start(theme, author)
        getattr(state.current_task_state, verb)(user=editor)
        assert mailoutbox == []
