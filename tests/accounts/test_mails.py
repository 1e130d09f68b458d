"""Mails go out in the language of whoever reads them, whatever the language of whoever causes them."""

import pytest
from allauth.account import adapter
from django.core import mail
from django.utils import translation

from tests.factories.documents import make_user


@pytest.fixture
def spoken(monkeypatch):
    """Notes the language in which each mail is rendered."""
    languages = []
    real = adapter.render_to_string

    def noting(template, *args, **kwargs):
        if "/email/" in str(template):
            languages.append((str(template).split("/")[-1], translation.get_language()))
        return real(template, *args, **kwargs)

    monkeypatch.setattr(adapter, "render_to_string", noting)
    return languages


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_reset_goes_in_the_language_of_the_account(client, site, spoken, language):
    user = make_user(interface_language=language)
    client.post("/accounts/password/reset/", {"email": user.email}, headers={"accept-language": "en"})
    assert {spoke for _template, spoke in spoken} == {language}


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_stranger_is_answered_in_the_language_of_the_visit(client, site, spoken, language):
    client.post(
        "/accounts/password/reset/", {"email": "nobody@example.org"}, headers={"accept-language": language}
    )
    assert {spoke for _template, spoke in spoken} == {language}


def test_sign_up_confirms_in_the_language_of_the_visit(client, site, spoken):
    client.post(
        "/accounts/signup/",
        {
            "display_name": "Ana",
            "email": "ana@example.org",
            "username": "ana",
            "password1": "vert-lagune-43",
            "password2": "vert-lagune-43",
        },
        headers={"accept-language": "es"},
    )
    assert {spoke for _template, spoke in spoken} == {"es"}
    link = next(word for word in mail.outbox[0].body.split() if "/confirm-email/" in word)
    page = client.get(link, headers={"accept-language": "es"})
    assert b'lang="es"' in page.content
    answer = client.post(link)
    assert answer.status_code == 302
    assert client.get("/es/me/").status_code == 200  # the browser that signed up is logged in


def test_mails_are_plain_and_name_the_site(client, site):
    user = make_user(display_name="Ana <3 & Co")
    client.post("/accounts/password/reset/", {"email": user.email})
    message = mail.outbox[0]
    assert message.subject == "[Ancrage] Choose a new password"
    assert "Hello Ana <3 & Co," in message.body
    assert user.username in message.body
    assert "&amp;" not in message.body


def test_changing_the_password_is_told_by_mail(client, site):
    user = make_user()
    client.force_login(user)
    client.post(
        "/accounts/password/change/",
        {
            "oldpassword": "a long enough password",
            "password1": "vert-lagune-43",
            "password2": "vert-lagune-43",
        },
    )
    assert [message.to for message in mail.outbox] == [[user.email]]
    assert "127.0.0.1" in mail.outbox[0].body


def test_a_language_that_is_not_open_still_gets_its_mails(client, site, spoken):
    user = make_user(interface_language="pt")
    client.post("/accounts/password/reset/", {"email": user.email})
    assert {spoke for _template, spoke in spoken} == {"pt"}
