"""Nothing that a visitor can do tells whether an account exists."""

import re

import pytest
from allauth.account.models import EmailConfirmationHMAC
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.accounts.models import User
from tests.factories.documents import make_user

NEW = {
    "display_name": "Ana",
    "email": "new@example.org",
    "username": "ana",
    "password1": "vert-lagune-43",
    "password2": "vert-lagune-43",
    "languages_read": ["fr", "es"],
    "languages_written": ["fr"],
}


def seen(response) -> tuple:
    """What a visitor sees of an answer, without what differs each time."""
    body = re.sub(rb'csrfmiddlewaretoken" value="[^"]+"', b"", response.content)
    return response.status_code, response.headers.get("Location"), body, sorted(response.cookies)


@pytest.fixture
def known(site):
    return make_user(name="known")


def test_signing_up_with_a_known_address_looks_like_signing_up(client, known, delivered):
    fresh = client.post("/accounts/signup/", NEW)
    page = client.get(fresh.headers["Location"])
    client.cookies.clear()
    taken = client.post("/accounts/signup/", NEW | {"email": known.email, "username": "other"})
    assert seen(taken) == seen(fresh)
    assert seen(client.get(taken.headers["Location"]))[:3] == seen(page)[:3]
    assert [message.to for message in delivered()] == [["new@example.org"], [known.email]]
    assert not User.objects.filter(username="other").exists()


def test_signing_up_with_a_taken_user_name_looks_the_same_and_the_mail_says_the_name(
    client, known, delivered
):
    fresh = client.post("/accounts/signup/", NEW)
    client.cookies.clear()
    taken = client.post("/accounts/signup/", NEW | {"email": "third@example.org", "username": "KNOWN"})
    assert seen(taken) == seen(fresh)
    made = User.objects.get(email="third@example.org")
    assert made.username.startswith("KNOWN-")
    assert made.username in delivered()[-1].body


def test_what_was_said_at_sign_up_is_kept(client, site):
    client.post("/accounts/signup/", NEW, headers={"accept-language": "fr"})
    user = User.objects.get(username="ana")
    assert (user.display_name, user.languages_read, user.languages_written) == ("Ana", ["fr", "es"], ["fr"])
    assert user.interface_language == "fr"


def test_a_user_name_holds_no_at_sign(client, site):
    answer = client.post("/accounts/signup/", NEW | {"username": "ana@example.org"})
    assert answer.status_code == 200
    assert b'aria-invalid="true"' in answer.content
    assert not User.objects.exists()


@pytest.mark.parametrize("login", ["known", "known@example.org", "nobody", "nobody@example.org"])
def test_log_in_answers_a_wrong_password_the_same_for_everyone(client, known, login):
    reference = client.post("/accounts/login/", {"login": "x" * len(login), "password": "wrong"})
    answer = client.post("/accounts/login/", {"login": login, "password": "wrong"})
    shown = seen(answer)[2].replace(login.encode(), b"x" * len(login))
    assert (answer.status_code, shown) == (reference.status_code, seen(reference)[2])


@pytest.mark.parametrize("login", ["known", "known@example.org", "nobody", "nobody@example.org"])
def test_log_in_hashes_one_password_whether_the_account_exists_or_not(client, known, login, monkeypatch):
    hashed = []
    monkeypatch.setattr(User, "check_password", lambda self, raw: hashed.append(raw))
    monkeypatch.setattr(User, "set_password", lambda self, raw: hashed.append(raw))
    client.post("/accounts/login/", {"login": login, "password": "wrong"})
    assert hashed == ["wrong"]


def test_sign_up_hashes_one_password_for_a_known_address_too(client, known, monkeypatch):
    hashed = []
    monkeypatch.setattr("cms.accounts.forms.make_password", hashed.append)
    client.post("/accounts/signup/", NEW | {"email": known.email})
    assert hashed == [NEW["password1"]]


def test_password_reset_answers_the_same_and_writes_a_mail_either_way(client, known, delivered):
    first = client.post("/accounts/password/reset/", {"email": known.email})
    second = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert seen(first) == seen(second)
    assert [message.to[0] for message in delivered()] == [known.email, "nobody@example.org"]


def test_a_password_reset_does_the_same_work_for_everyone_in_the_request(client, known, monkeypatch):
    """Only the search for the accounts of the address differs, by the rows it finds; no mail is written here."""
    rendered = []
    monkeypatch.setattr("cms.accounts.mails.render_to_string", lambda *args: rendered.append(args) or "")

    def written(email: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            client.post("/accounts/password/reset/", {"email": email})
        return [query["sql"].split(" (")[0] for query in asked if query["sql"].startswith("INSERT")]

    assert written(known.email) == written("nobody@example.org") != []
    assert rendered == []


@pytest.mark.parametrize("login", ["known", "known@example.org", "KNOWN"])
def test_logs_in_with_address_or_user_name(client, known, login):
    answer = client.post("/accounts/login/", {"login": login, "password": "a long enough password"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/me/")


def test_who_proves_an_address_gets_it_from_who_only_claimed_it(client, site):
    client.post("/accounts/signup/", NEW)
    squatter = User.objects.get(username="ana")
    owner = make_user(name="owner")
    address = owner.emailaddress_set.create(email=NEW["email"], verified=False)
    client.force_login(owner)
    key = EmailConfirmationHMAC(address).key
    client.post(f"/accounts/confirm-email/{key}/")
    address.refresh_from_db()
    assert address.verified
    assert not User.objects.filter(pk=squatter.pk).exists()
