"""Who may revise a page: set by those who publish it, with a reason, and until when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.wiki.models import PageProtection
from cms.wiki.queries.protection import protection_against, protection_of
from cms.wiki.services import lift, lift_what_is_over, protect
from tests.factories.documents import make_document, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site):
    return make_document(title="The bakery")


@pytest.fixture
def editor(site):
    return make_user("Editors", display_name="Ed")


@pytest.mark.parametrize(
    ("level", "author_may", "editor_may"),
    [("open", True, True), ("editors", False, True), ("locked", False, False)],
)
def test_whom_it_keeps_out(page, editor, level, author_may, editor_may):
    protect(editor, page, level, "edited back and forth")
    assert (protection_against(make_user("Authors"), page) is None) == author_may
    assert (protection_against(editor, page) is None) == editor_may


@pytest.mark.parametrize(
    "role", [None, "Authors", "Translators (en)", "Language reviewers (en)", "Facilitators"]
)
def test_only_those_who_publish_protect_and_lift(page, editor, role):
    person = make_user(role)
    with pytest.raises(PermissionDenied):
        protect(person, page, "locked", "mine")
    protect(editor, page, "editors", "quiet")
    with pytest.raises(PermissionDenied):
        lift(person, page)
    assert protection_of(page.pk).reason == "quiet"


def test_it_is_lifted_and_set_again(page, editor):
    protect(editor, page, "editors", "quiet")
    protect(editor, page, "locked", "  more\n quiet ")
    assert (protection_of(page.pk).level, protection_of(page.pk).reason) == ("locked", "more quiet")
    lift(editor, page)
    lift(editor, page)
    assert protection_of(page.pk) is None


@pytest.mark.parametrize(
    ("level", "reason", "hours", "fields"),
    [
        ("editors", " ", None, {"reason"}),
        ("editors", "x" * 301, None, {"reason"}),
        ("nobody", "why", None, {"level"}),
        ("locked", "why", -1, {"until"}),
    ],
)
def test_what_is_missing_is_said_by_field(page, editor, level, reason, hours, fields):
    until = None if hours is None else timezone.now() + timedelta(hours=hours)
    with pytest.raises(ValidationError) as error:
        protect(editor, page, level, reason, until)
    assert set(error.value.message_dict) == fields
    assert not PageProtection.objects.exists()


def test_it_ends_by_itself_and_is_then_forgotten(page, editor):
    protect(editor, page, "locked", "quiet", timezone.now() + timedelta(hours=1))
    assert lift_what_is_over() == 0
    PageProtection.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert protection_of(page.pk) is None
    assert lift_what_is_over() == 1
    assert not PageProtection.objects.exists()


def test_what_is_in_force_is_one_query(page, editor, django_assert_num_queries):
    protect(editor, page, "editors", "quiet")
    with django_assert_num_queries(1):
        assert protection_of(page.pk).set_by == editor
