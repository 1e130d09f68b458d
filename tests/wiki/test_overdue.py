"""What waits too long is told to all editors once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.wiki import notices
from cms.wiki.models import Submission
from cms.wiki.services import approve, escalate_overdue, request_changes
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    told: list[int] = []
    monkeypatch.setattr(notices, "overdue", lambda submission: told.append(submission.pk))
    return told


@pytest.fixture
def author(site):
    return make_user("Authors")


def submitted(author, **waiting) -> Submission:
    """A text of `author` that has waited for `waiting` (as for `timedelta`)."""
    submission = submit(author, make_document(), title="New")
    Submission.objects.filter(pk=submission.pk).update(submitted_at=timezone.now() - timedelta(**waiting))
    return submission


def test_it_is_told_once(author, told):
    submission = submitted(author, days=5, minutes=1)
    submitted(author, days=4, hours=23)
    assert [escalate_overdue(), escalate_overdue()] == [1, 0]
    assert told == [submission.pk]


def test_the_setting_says_when(author, told, settings):
    settings.MODERATION_OVERDUE_DAYS = 2
    submission = submitted(author, days=2, minutes=1)
    escalate_overdue()
    assert told == [submission.pk]


def test_what_is_decided_or_with_its_author_is_not_overdue(author, told):
    editor = make_user("Editors")
    approve(editor, submitted(author, days=9).pk)
    request_changes(editor, submitted(author, days=9).pk, "more")
    assert escalate_overdue() == 0


def test_what_is_submitted_again_counts_anew(author, told):
    submission = submitted(author, days=9)
    escalate_overdue()
    request_changes(make_user("Editors"), submission.pk, "more")
    submit(author, submission.page.specific, title="Newer")
    Submission.objects.filter(pk=submission.pk).update(submitted_at=timezone.now() - timedelta(days=6))
    assert escalate_overdue() == 1
    assert told == [submission.pk, submission.pk]
