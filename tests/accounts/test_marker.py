"""The readable mark of somebody logged in, and public pages that carry no cookie at all."""

import pytest
from django.contrib.sessions.backends.base import SessionBase

from tests.factories.documents import make_document, make_user

PUBLIC = ["/en/", "/en/library/", "/fr/people/", "/en/glossary/"]


def log_in(client, name="known", **more):
    return client.post("/accounts/login/", {"login": name, "password": "a long enough password", **more})


@pytest.fixture
def known(site):
    return make_user(name="known")


def test_is_set_with_the_session_readable_by_scripts_and_as_lasting(client, known):
    short = log_in(client).cookies["signed_in"]
    assert (short.value, short["httponly"], short["samesite"], short["max-age"]) == ("1", "", "Lax", "")
    client.post("/accounts/logout/")
    long = log_in(client, remember="on").cookies
    assert long["signed_in"]["max-age"] == long["sessionid"]["max-age"] != ""


def test_is_not_set_again_on_every_answer(client, known):
    log_in(client)
    assert "signed_in" not in client.get("/en/me/").cookies


def test_goes_with_the_session(client, known):
    log_in(client)
    gone = client.post("/accounts/logout/").cookies["signed_in"]
    assert (gone.value, gone["max-age"]) == ("", 0)


def test_a_mark_left_over_is_removed_when_the_fragment_is_asked(client, known):
    client.cookies["signed_in"] = "1"
    answer = client.get("/en/me/fragment/")
    assert answer.status_code == 204
    assert answer.cookies["signed_in"]["max-age"] == 0


def test_a_lost_mark_comes_back(client, known):
    client.force_login(known)
    assert client.get("/en/me/").cookies["signed_in"].value == "1"


@pytest.mark.parametrize("address", [*PUBLIC, "/"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_public_answers_set_no_cookie(client, known, address, signed_in):
    make_document()
    if signed_in:
        client.force_login(known)
    answer = client.get(address)
    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("address", PUBLIC)
def test_without_a_session_cookie_the_session_is_not_opened(client, site, address, monkeypatch):
    opened = []
    monkeypatch.setattr(SessionBase, "_get_session", lambda self, no_load=False: opened.append(address) or {})
    client.get(address)
    assert not opened


def test_the_fragment_says_who_and_is_kept_nowhere(client, site):
    client.force_login(make_user(name="ana", display_name="Ana & Co"))
    answer = client.get("/fr/me/fragment/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert b"Ana &amp; Co" in answer.content
    assert b'href="/fr/me/"' in answer.content
    assert b'method="post" action="/accounts/logout/"' in answer.content


def test_the_fragment_is_empty_for_anonymous_people(client, site):
    answer = client.get("/en/me/fragment/")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert not answer.cookies
