"""The desk shows what is mine and where it stands; the settings change the language of everything."""

from datetime import UTC, datetime

import pytest
from wagtail.models import Revision

from cms.wiki.services import request_changes
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import submit, write


def states(answer) -> dict[str, str]:
    texts = {text.receipt.title: text.receipt.state for text in answer.context["texts"]}
    return texts | {page.title: page.state for page in answer.context["pages"]}


def test_shows_my_pages_with_their_state_and_nobody_elses(client, site):
    author, editor, other = make_user("Authors"), make_user("Editors"), make_user("Authors")
    make_document(title="My draft", publish=False, owner=author)
    mine = make_document(title="Published by me", owner=author)
    mine.save_revision(user=author).publish()
    write(author, make_document(title="Revised by me"))
    sent = make_document(title="Sent to the editors", publish=False, owner=author)
    submit(author, sent, summary="a first text")
    back = make_document(title="Sent back", publish=False, owner=author)
    request_changes(editor, submit(author, back, summary="a first text").pk, "more")
    make_document(title="Of somebody else", publish=False, owner=other)
    submit(other, make_document(title="Revised by somebody else"), licence="cc-by-4.0")
    client.force_login(author)
    answer = client.get("/en/me/")
    assert states(answer) == {
        "My draft": "draft",
        "Published by me": "published",
        "Revised by me": "revised",
        "Sent to the editors": "moderation",
        "Sent back": "changes",
    }
    assert f"/admin/pages/{back.pk}/edit/".encode() in answer.content
    assert b"somebody else" not in answer.content


def test_what_an_editor_saved_in_wagtail_s_own_line_is_a_draft_of_theirs(client, site):
    editor = make_user("Editors")
    page = make_document(title="Revised")
    page.save_revision(user=editor)
    client.force_login(editor)
    assert states(client.get("/en/me/")) == {"Revised": "revised"}


def test_writes_dates_as_the_rest_of_the_site_does(client, site):
    author = make_user("Authors")
    revision = make_document(title="Mine", owner=author).save_revision(user=author)
    Revision.objects.filter(pk=revision.pk).update(created_at=datetime(2026, 3, 4, 12, tzinfo=UTC))
    client.force_login(author)
    assert "edited 4 March 2026" in client.get("/en/me/").content.decode()


@pytest.mark.parametrize(
    ("role", "number"), [(None, 0), ("Translators (es)", 0), ("Authors", 8), ("Editors", 8)], ids=str
)
def test_offers_what_the_role_may_write_in_the_language_of_the_page(client, site, role, number):
    client.force_login(make_user(role))
    answer = client.get("/fr/me/")
    assert len(answer.context["new_documents"]) == number
    for document in answer.context["new_documents"]:
        assert client.get(document.url).status_code == 200


def test_costs_the_same_however_much_is_on_it(client, site, django_assert_max_num_queries):
    author = make_user("Authors")
    for _ in range(6):
        make_document(owner=author).save_revision(user=author)
        submit(author, make_document(), title="New")
        write(author, make_document(), title="New")
    client.force_login(author)
    client.get("/en/me/")
    with django_assert_max_num_queries(22):
        client.get("/en/me/")


def test_is_kept_nowhere(client, site):
    client.force_login(make_user())
    for address in ("/en/me/", "/en/me/settings/"):
        assert client.get(address).headers["Cache-Control"] == "private, no-store"


def test_settings_are_stored_and_the_site_follows_the_language(client, site):
    user = make_user("Authors")
    client.force_login(user)
    answer = client.post(
        "/en/me/settings/",
        {
            "display_name": "Ana",
            "languages_read": ["es", "en"],
            "languages_written": ["es"],
            "interface_language": "es",
        },
    )
    assert answer.headers["Location"] == "/es/me/"
    user.refresh_from_db()
    assert (user.display_name, user.languages_read, user.languages_written) == ("Ana", ["es", "en"], ["es"])
    assert user.wagtail_userprofile.preferred_language == "es"
    assert b'<html lang="es"' in client.get("/accounts/email/").content
    assert b'lang="es"' in client.get("/admin/").content


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": ""},
        {"display_name": "x" * 81},
        {"languages_read": ["xx"]},
        {"interface_language": "pt"},  # not open
        {"interface_language": ""},
    ],
    ids=str,
)
def test_wrong_settings_are_said_and_what_was_typed_is_kept(client, site, wrong):
    user = make_user(display_name="Before")
    client.force_login(user)
    data = {"display_name": "After", "languages_read": ["fr"], "interface_language": "fr"} | wrong
    answer = client.post("/en/me/settings/", data)
    assert answer.status_code == 200
    assert b"data-error-summary" in answer.content
    user.refresh_from_db()
    assert user.display_name == "Before"


def test_log_in_brings_the_language_of_the_account(client, site):
    make_user(name="ana", interface_language="fr")
    answer = client.post("/accounts/login/", {"login": "ana", "password": "a long enough password"})
    assert answer.headers["Location"] == "/fr/me/"
    assert answer.cookies["django_language"].value == "fr"


def test_pages_without_a_language_in_their_address_follow_browser_then_cookie(client, site):
    assert b'<html lang="es"' in client.get("/accounts/login/", headers={"accept-language": "es"}).content
    page = client.get("/accounts/login/?next=/en/library/")
    link = next(item.url for item in page.context["alternates"] if item.code == "fr")
    answer = client.get(link)
    assert answer.headers["Location"] == "/accounts/login/?next=/en/library/"
    assert b'<html lang="fr"' in client.get("/accounts/login/", headers={"accept-language": "es"}).content


@pytest.mark.parametrize("code", ["pt", "xx", "en-GB"])
def test_a_language_that_is_not_open_cannot_be_chosen(client, site, code):
    assert client.get(f"/accounts/language/{code}/").status_code == 404


def test_choosing_a_language_does_not_lead_off_the_site(client, site):
    answer = client.get("/accounts/language/fr/?next=https://evil.example/")
    assert answer.headers["Location"] == "/accounts/login/"


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-nonsense/",
        "/accounts/password/reset/key/done/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/nonsense/",
        "/accounts/inactive/",
        "/accounts/logout/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/accounts/2fa/",
    ],
)
@pytest.mark.parametrize("signed_in", [False, True])
def test_every_page_of_an_account_is_ours(client, site, address, signed_in):
    if signed_in:
        client.force_login(make_user())
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    assert b"masthead" in answer.content
    assert answer.content.count(b"<h1") == 1
    assert b"noindex" in answer.content or not answer.request["PATH_INFO"].startswith("/accounts/")
    assert b"<script>" not in answer.content
    assert b" style=" not in answer.content
