"""Mails go out in the language of whoever reads them, whatever the language of whoever causes them."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from cms.accounts import mails
from cms.accounts.models import User
from cms.core.models import OutgoingMail
from tests.core.mail_servers import ScriptedServer
from tests.factories.documents import make_user

SIGN_UP = {
    "display_name": "Ana",
    "email": "ana@example.org",
    "username": "ana",
    "password1": "vert-lagune-43",
    "password2": "vert-lagune-43",
}


@pytest.fixture
def spoken(monkeypatch):
    """Notes the language in which each mail is rendered."""
    languages = []
    real = mails.render_to_string

    def noting(template, *args, **kwargs):
        if "/email/" in str(template):
            languages.append((str(template).split("/")[-1], translation.get_language()))
        return real(template, *args, **kwargs)

    monkeypatch.setattr(mails, "render_to_string", noting)
    return languages


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_reset_goes_in_the_language_of_the_account(client, site, spoken, delivered, language):
    user = make_user(interface_language=language)
    client.post("/accounts/password/reset/", {"email": user.email}, headers={"accept-language": "en"})
    assert len(delivered()) == 1
    assert {spoke for _template, spoke in spoken} == {language}


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_a_stranger_is_answered_in_the_language_of_the_visit(client, site, spoken, delivered, language):
    client.post(
        "/accounts/password/reset/", {"email": "nobody@example.org"}, headers={"accept-language": language}
    )
    assert len(delivered()) == 1
    assert {spoke for _template, spoke in spoken} == {language}


def test_sign_up_confirms_in_the_language_of_the_visit(client, site, spoken, delivered):
    client.post(
        "/accounts/signup/",
        SIGN_UP,
        headers={"accept-language": "es"},
    )
    assert len(delivered()) == 1
    assert {spoke for _template, spoke in spoken} == {"es"}
    link = next(word for word in delivered()[0].body.split() if "/confirm-email/" in word)
    page = client.get(link, headers={"accept-language": "es"})
    assert b'lang="es"' in page.content
    answer = client.post(link)
    assert answer.status_code == 302
    assert client.get("/es/me/").status_code == 200  # the browser that signed up is logged in


def test_mails_are_plain_and_name_the_site(client, site, delivered):
    user = make_user(display_name="Ana <3 & Co")
    client.post("/accounts/password/reset/", {"email": user.email})
    message = delivered()[0]
    assert message.subject == "[Ancrage] Choose a new password"
    assert "Hello Ana <3 & Co," in message.body
    assert user.username in message.body
    assert "&amp;" not in message.body


def test_changing_the_password_is_told_by_mail(client, site, delivered):
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
    assert [message.to for message in delivered()] == [[user.email]]
    assert "127.0.0.1" in delivered()[0].body


def test_a_language_that_is_not_open_still_gets_its_mails(client, site, spoken, delivered):
    user = make_user(interface_language="pt")
    client.post("/accounts/password/reset/", {"email": user.email})
    assert len(delivered()) == 1
    assert {spoke for _template, spoke in spoken} == {"pt"}


RESET = "/accounts/password/reset/"


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "tests.core.mail_servers.ScriptedServer"
    ScriptedServer.forget()
    yield ScriptedServer
    ScriptedServer.forget()


def links(text: str) -> list[str]:
    return [word for word in text.split() if word.startswith("http")]


def test_links_lead_to_the_site_whatever_host_was_asked(client, site, settings, delivered):
    settings.BASE_URL = "https://wiki.example.org"
    user = make_user()
    client.post(RESET, {"email": user.email}, headers={"host": "evil.example"})
    client.post(RESET, {"email": "nobody@example.org"}, headers={"host": "evil.example"})
    for message in delivered():
        assert links(message.body)
        assert all(link.startswith("https://wiki.example.org/") for link in links(message.body))


def test_the_link_of_a_reset_opens_the_choice_of_a_password(client, site, delivered):
    user = make_user()
    client.post(RESET, {"email": user.email})
    [link] = [link for link in links(delivered()[0].body) if "/reset/key/" in link]
    page = client.get(link, follow=True)
    assert b'name="password1"' in page.content


def test_a_mail_server_that_is_down_keeps_nobody_from_going_on_and_the_mail_comes_later(
    client, site, server, delivered, django_capture_on_commit_callbacks
):
    user = make_user()
    server.opening[:] = [ConnectionRefusedError()]
    with django_capture_on_commit_callbacks(execute=True):  # the worker is woken, and fails
        assert client.post(RESET, {"email": user.email}).status_code == 302
    waiting = OutgoingMail.objects.get()
    assert (server.taken, waiting.state, waiting.tries) == ([], "waiting", 1)
    assert waiting.due_at > timezone.now()
    OutgoingMail.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    delivered()
    delivered()
    [message] = server.taken
    assert message.to == [user.email]
    assert OutgoingMail.objects.get().data == {}


def test_no_token_stands_in_the_queue(client, site, delivered):
    user = make_user()
    client.post(RESET, {"email": user.email})
    client.post("/accounts/signup/", SIGN_UP)
    waiting = [str(row.data) for row in OutgoingMail.objects.all()]
    found = [link.rstrip("/").rpartition("/")[2] for each in delivered() for link in links(each.body)]
    tokens = [token for token in found if len(token) > 20]
    assert len(tokens) == 2
    assert not any(token in data for token in tokens for data in waiting)


@pytest.mark.parametrize("change", ["address taken off", "account closed", "account deleted"])
def test_a_link_that_opens_an_account_goes_out_only_while_the_address_is_the_accounts(
    client, site, delivered, change
):
    user = make_user()
    client.post(RESET, {"email": user.email})
    if change == "address taken off":
        user.emailaddress_set.all().delete()
        User.objects.filter(pk=user.pk).update(email="other@example.org")
    elif change == "account closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        user.delete()
    assert delivered() == []
    assert OutgoingMail.objects.get().state == "dropped"


def test_an_address_confirmed_meanwhile_is_not_asked_to_confirm_again(client, site, delivered):
    client.post("/accounts/signup/", SIGN_UP)
    User.objects.get(username="ana").emailaddress_set.update(verified=True)
    assert delivered() == []


def test_every_mail_of_an_account_can_be_written(site):
    """With what allauth tells of it; none of our templates needs the request."""
    from django.conf import settings as configured

    user = make_user()
    user.emailaddress_set.create(email="new@example.org", verified=False)
    told = {"ip": "127.0.0.1", "user_agent": "Browser", "timestamp": timezone.now()}
    told |= {"from_email": "a@example.org", "to_email": "b@example.org", "deleted_email": "c@example.org"}
    folder = configured.BASE_DIR / "templates"
    templates = sorted(folder.glob("account/email/*_subject.txt")) + sorted(
        folder.glob("mfa/email/*_subject.txt")
    )
    assert len(templates) > 10
    for path in templates:
        template = path.relative_to(folder).as_posix().removesuffix("_subject.txt")
        to = "new@example.org" if "email_confirmation" in template else user.email
        mails.post_account_mail(template, to, {"user": user, **told})
        letter = mails.compose(OutgoingMail.objects.latest("pk").data)
        assert letter is not None, template
        assert letter.subject.startswith("[Ancrage] "), template
        assert "http://testserver/" in letter.text, template
        assert "None" not in letter.text, template
