"""Too many tries are stopped, in every process, and told when to come back."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.documents import make_user

ROOT = Path(__file__).resolve().parents[2]


def try_log_in(client, login="known", password="wrong"):
    return client.post("/accounts/login/", {"login": login, "password": password})


def says_when(answer) -> bool:
    return (
        answer.status_code == 429
        and int(answer.headers["Retry-After"]) > 0
        and "no-store" in answer.headers["Cache-Control"]
        and b"try again in" in answer.content
    )


@pytest.mark.parametrize("login", ["known", "nobody@example.org"])
def test_the_sixth_wrong_password_is_stopped_for_whoever_is_tried(client, site, login):
    make_user(name="known")
    assert [try_log_in(client, login).status_code for _ in range(5)] == [200] * 5
    answer = try_log_in(client, login)
    assert says_when(answer)
    assert 240 < int(answer.headers["Retry-After"]) <= 300
    # Even the right password waits: otherwise the limit would tell that it was found.
    assert try_log_in(client, login, "a long enough password").status_code == 429
    assert try_log_in(client, "somebody-else").status_code == 200


def test_sign_up_is_limited(client, site):
    answers = [client.post("/accounts/signup/", {"email": "x"}).status_code for _ in range(20)]
    assert answers == [200] * 20
    answer = client.post("/accounts/signup/", {"email": "x"})
    assert says_when(answer)
    assert int(answer.headers["Retry-After"]) > 3000


def test_password_reset_is_limited_by_address(client, site):
    for _ in range(5):
        assert client.post("/accounts/password/reset/", {"email": "one@example.org"}).status_code == 302
    assert says_when(client.post("/accounts/password/reset/", {"email": "one@example.org"}))
    assert client.post("/accounts/password/reset/", {"email": "two@example.org"}).status_code == 302


def test_the_page_is_in_the_visitors_language_and_in_our_frame(client, site):
    for _ in range(6):
        answer = client.post(
            "/accounts/login/", {"login": "a", "password": "b"}, headers={"accept-language": "fr"}
        )
    assert answer.status_code == 429
    assert b'<html lang="fr"' in answer.content
    assert b"masthead" in answer.content


THREE_TRIES = """
import sys
from django.conf import settings
cache = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": sys.argv[1]}
settings.configure(CACHES={"default": cache})
from django.test import RequestFactory
from allauth.core.internal.ratelimit import consume
request = RequestFactory().post("/accounts/login/")
limit = {"login_failed": "5/5m/key"}
print([bool(consume(request, app="", action="login_failed", config=limit, key="known")) for _ in range(3)])
"""


def test_processes_share_the_count_through_files(tmp_path):
    answers = [
        subprocess.run(
            [sys.executable, "-c", THREE_TRIES, str(tmp_path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert answers == ["[True, True, True]", "[True, True, False]"]
