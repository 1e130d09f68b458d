"""The first screen of the editing side says, for each role, what to do."""

import pytest

from home.welcome import parts_of
from tests.factories.documents import make_user

pytestmark = pytest.mark.django_db


def labels(parts) -> list[str]:
    return [action.label for part in parts for action in part.actions]


def test_an_author_is_led_to_writing_and_not_to_roles(site):
    parts = parts_of(["Authors"], False, "en")
    assert [part.title for part in parts] == ["You write"]
    assert "Write a new document" in labels(parts)
    assert "Give roles" not in labels(parts)


def test_languages_of_a_translator_are_named_in_themselves(site):
    parts = parts_of(["Translators (es)", "Translators (fr)"], False, "en")
    assert [part.title for part in parts] == ["You translate: español, français"]


def test_every_role_held_has_its_part(site):
    groups = ["Authors", "Editors", "Facilitators", "Language reviewers (fr)", "Administrators"]
    assert len(parts_of(groups, False, "fr")) == 5


def test_a_member_without_a_role_has_none(site):
    assert parts_of([], False, "en") == []


def test_the_panel_stands_on_the_first_screen(client, site):
    user = make_user("Authors", name="amina")
    client.force_login(user)
    html = client.get("/admin/").content.decode()
    assert "Welcome, amina" in html
    assert "Write a new document" in html
    assert "css/admin.css" in html
