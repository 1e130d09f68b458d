"""Who may revise a page: set by those who publish it, with a reason, and until when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.users.models import UserProfile

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


class TestScreen:
    """`/admin/wiki/pages/<id>/protection/`"""

    @pytest.mark.parametrize(
        ("role", "status"),
        [
            (None, 403),
            ("Authors", 403),
            ("Translators (en)", 403),
            ("Language reviewers (en)", 403),
            ("Editors", 200),
            ("Administrators", 200),
        ],
    )
    def test_for_those_who_publish(self, client, page, role, status):
        client.force_login(make_user(role))
        address = f"/admin/wiki/pages/{page.pk}/protection/"
        assert client.get(address).status_code == status
        client.post(address, {"level": "editors", "reason": "quarrel"})
        assert (protection_of(page.pk) is not None) == (status == 200)
        shown = address in client.get(f"/admin/pages/{page.pk}/edit/").text
        assert shown == (status == 200)

    def test_the_end_is_said_in_the_time_zone_of_the_site(self, client, page, editor, settings):
        settings.TIME_ZONE = "Asia/Manila"
        profile = UserProfile.get_for_user(editor)
        profile.current_time_zone = "America/Bogota"
        profile.save()
        client.force_login(editor)
        address = f"/admin/wiki/pages/{page.pk}/protection/"
        client.post(address, {"level": "editors", "reason": "vote", "until": "2031-05-01T08:00"})
        assert protection_of(page.pk).until.isoformat() == "2031-05-01T00:00:00+00:00"
        html = client.get(address).text
        assert 'value="2031-05-01T08:00"' in html
        assert "Asia/Manila" in html

    def test_what_is_wrong_is_said_and_what_was_typed_kept(self, client, page, editor):
        client.force_login(editor)
        address = f"/admin/wiki/pages/{page.pk}/protection/"
        answer = client.post(address, {"level": "locked", "reason": "", "until": "2001-05-01T08:00"})
        assert answer.status_code == 422
        assert "Give the reason" in answer.text
        assert "Choose a moment to come" in answer.text
        assert 'value="2001-05-01T08:00"' in answer.text
        assert client.post(address, {"level": "x", "reason": "y", "until": "z"}).status_code == 422
        assert protection_of(page.pk) is None

    def test_it_is_lifted_from_there(self, client, page, editor):
        protect(editor, page, "locked", "quarrel")
        client.force_login(editor)
        client.post(f"/admin/wiki/pages/{page.pk}/protection/", {"lift": "1"})
        assert protection_of(page.pk) is None

    @pytest.mark.parametrize("number", ["0", "1", "999999", "9" * 30])
    def test_numbers_that_are_no_page_are_not_found(self, client, site, editor, number):
        client.force_login(editor)
        assert client.get(f"/admin/wiki/pages/{number}/protection/").status_code == 404


class TestWayToTheEditor:
    """`/{lang}/wiki/<id>/edit/`"""

    @pytest.mark.parametrize(("level", "statuses"), [("editors", (403, 302)), ("locked", (403, 403))])
    def test_it_says_why_not_until_when_and_what_to_do_instead(self, client, page, editor, level, statuses):
        until = timezone.now() + timedelta(days=3)
        protect(editor, page, level, "<i>edited</i> back and forth", until)
        for person, status in zip((make_user("Authors"), editor), statuses, strict=True):
            client.force_login(person)
            answer = client.get(f"/en/wiki/{page.pk}/edit/")
            assert answer.status_code == status
            if status == 403:
                assert "&lt;i&gt;edited&lt;/i&gt; back and forth" in answer.text
                assert f"{until:%Y}" in answer.text
                assert "suggest a correction" in answer.text
                assert ("Protection of this page" in answer.text) == (person == editor)
