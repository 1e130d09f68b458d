"""The second step at log-in: asked of staff, required where the site says so."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)

from tests.factories.documents import make_user

NOTICE = b"Please add a second step"
STAFF = ["Editors", "Administrators", "Language reviewers (es)", "Facilitators"]
OTHERS = [None, "Authors", "Translators (es)"]
ENTER_EDITOR = ["Editors", "Administrators", "Language reviewers (es)"]


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.parametrize("role", STAFF + OTHERS, ids=str)
def test_the_desk_asks_staff_and_only_staff(client, site, role):
    user = make_user(role)
    client.force_login(user)
    assert (NOTICE in client.get("/en/me/").content) == (role in STAFF)
    TOTP.activate(user, generate_totp_secret())
    assert NOTICE not in client.get("/en/me/").content


@pytest.mark.parametrize("role", ENTER_EDITOR)
def test_asked_the_editor_opens_with_the_notice(client, site, role):
    client.force_login(make_user(role))
    answer = client.get("/admin/")
    assert answer.status_code == 200
    assert NOTICE in answer.content


@pytest.mark.parametrize("role", ENTER_EDITOR)
@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/images/"])
def test_required_the_editor_opens_after_it_is_set_up(client, site, settings, role, address):
    settings.STAFF_MFA = "required"
    user = make_user(role)
    client.force_login(user)
    answer = client.get(address)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/accounts/2fa/totp/activate/")
    TOTP.activate(user, generate_totp_secret())
    assert client.get("/admin/").status_code == 200


def test_required_does_not_stop_authors_or_the_log_out(client, site, settings):
    settings.STAFF_MFA = "required"
    client.force_login(make_user("Authors"))
    assert client.get("/admin/").status_code == 200
    client.force_login(make_user("Editors"))
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_is_set_up_with_a_code_and_asked_at_the_next_log_in(client, site):
    user = make_user("Editors", name="ed")
    client.post("/accounts/login/", {"login": "ed", "password": "a long enough password"})
    ask = client.get("/accounts/2fa/totp/activate/").headers["Location"]
    back = client.post(
        ask, {"password": "a long enough password", "next": "/accounts/2fa/totp/activate/"}, follow=True
    )
    assert back.redirect_chain[-1][0] == "/accounts/2fa/totp/activate/"
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret.encode() in page.content
    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert b"error-summary" in wrong.content
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    assert b"recovery-codes" in answer.content
    client.post("/accounts/logout/")
    answer = client.post("/accounts/login/", {"login": "ed", "password": "a long enough password"})
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    recovery = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()[
        0
    ]
    answer = client.post("/accounts/2fa/authenticate/", {"code": recovery})
    assert answer.headers["Location"] == "/en/me/"
    assert client.get("/accounts/2fa/").status_code == 200


def test_sensitive_changes_ask_for_the_password_again(client, site):
    client.force_login(make_user())  # a session that has not just shown its password
    for address in ("/accounts/2fa/totp/activate/",):
        assert client.get(address).headers["Location"].startswith("/accounts/reauthenticate/")
    answer = client.post("/accounts/email/", {"action_add": "", "email": "more@example.org"})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
