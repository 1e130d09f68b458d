"""An account that is closed leaves its texts, credited as its owner chose."""

import pytest

from cms.notifications.models import Notification
from cms.wiki.models import PublishedRevision, Submission
from cms.wiki.services import approve, watch
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import public, submit, write
from tests.wiki.publishing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site):
    return make_document(title="The bakery", summary="Bread for all.")


@pytest.fixture
def author(site):
    return make_user("Authors", name="ana", display_name="Anahita")


def names(page) -> list[str]:
    return list(
        PublishedRevision.objects.filter(page=page).order_by("number").values_list("author_name", flat=True)
    )


def test_by_default_under_the_name_they_show(page, author):
    publish(page, author, title="New")
    author.display_name = "Anahita Ruiz"
    author.save()
    author.delete()
    assert names(page)[1] == "Anahita Ruiz"
    assert public(page).title == "New"
    assert PublishedRevision.objects.get(page=page, number=2).author is None


def test_or_as_a_former_member_in_the_language_of_each_text(client, page, author):
    french = make_document(lang="fr", title="La boulangerie", translation_of=page)
    publish(page, author, title="New")
    publish(french, author, title="Nouveau")
    write(author, page, title="Under way")
    author.credit_after_closing = "former"
    author.save()
    author.delete()
    assert names(page)[1] == "a former member"
    assert names(french)[1]
    assert "Anahita" not in names(french)[1]
    assert Submission.objects.get(page=page).author_name == "a former member"
    for address in (page.url, f"/en/wiki/{page.pk}/history/", "/en/wiki/changes/", "/en/wiki/changes.atom"):
        assert "Anahita" not in client.get(address).text


def test_nothing_of_anybody_else_changes(page, author):
    other = make_user("Authors", name="bo", display_name="Anahita")
    publish(page, other, title="New")
    author.credit_after_closing = "former"
    author.save()
    author.delete()
    assert names(page)[1] == "Anahita"


def test_who_revised_the_text_of_another_is_forgotten_there_too(page, author):
    editor = make_user("Editors", name="ed", display_name="Ed", credit_after_closing="former")
    submission = submit(author, page, title="New")
    draft = public(page).get_latest_revision_as_object()
    draft.title = "Newer"
    draft.save_revision(user=editor)
    approve(editor, submission.pk)
    assert PublishedRevision.objects.get(page=page, number=2).co_authors == ["Ed"]
    editor.delete()
    assert PublishedRevision.objects.get(page=page, number=2).co_authors == ["a former member"]


def test_what_was_told_of_them_forgets_the_name(page, author):
    reader = make_user()
    watch(reader, "page", str(page.pk))
    publish(page, author, title="New")
    author.credit_after_closing = "former"
    author.save()
    author.delete()
    assert Notification.objects.get(recipient=reader).actor_name == ""


def test_the_choice_stands_in_the_profile(client, author):
    client.force_login(author)
    assert 'name="credit_after_closing"' in client.get("/en/me/settings/").text
    data = {
        "display_name": "Ana",
        "languages_read": ["en"],
        "languages_written": ["en"],
        "interface_language": "en",
    }
    client.post("/en/me/settings/", {**data, "credit_after_closing": "former"})
    author.refresh_from_db()
    assert author.credit_after_closing == "former"
    client.post("/en/me/settings/", data)
    author.refresh_from_db()
    assert author.credit_after_closing == "former"
