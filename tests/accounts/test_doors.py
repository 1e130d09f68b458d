"""There is one log-in. Every other form of the libraries leads to it."""

import pytest
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.models import PageViewRestriction

from cms.accounts.models import User
from tests.factories.documents import make_document, make_user

OLD_ADDRESSES = {
    "/admin/login/": "/accounts/login/?next=%2Fadmin%2F",
    "/admin/login/?next=/admin/pages/": "/accounts/login/?next=%2Fadmin%2Fpages%2F",
    "/admin/login/?next=https://evil.example/": "/accounts/login/?next=%2Fadmin%2F",
    "/admin/login/?next=//evil.example/": "/accounts/login/?next=%2Fadmin%2F",
    "/admin/login/?next=javascript:alert(1)": "/accounts/login/?next=%2Fadmin%2F",
    "/admin/password_reset/": "/accounts/password/reset/",
    "/admin/password_reset/done/": "/accounts/password/reset/",
    "/admin/password_reset/confirm/MQ/set-password/": "/accounts/password/reset/",
    "/admin/password_reset/complete/": "/accounts/password/reset/",
    "/admin/": "/accounts/login/?next=/admin/",
    "/admin/account/": "/accounts/login/?next=/admin/account/",
    "/en/_util/login/": "/accounts/login/?next=%2Fen%2Fme%2F",
    "/fr/_util/login/?next=/fr/library/": "/accounts/login/?next=%2Ffr%2Flibrary%2F",
    "/en/me/": "/accounts/login/?next=/en/me/",
    "/en/me/settings/": "/accounts/login/?next=/en/me/settings/",
}


@pytest.mark.parametrize("address", OLD_ADDRESSES)
def test_leads_to_the_one_log_in(client, site, address):
    answer = client.get(address)
    assert (answer.status_code, answer.headers.get("Location")) == (302, OLD_ADDRESSES[address])


@pytest.mark.parametrize("address", ["/admin/login/", "/en/_util/login/"])
def test_a_password_posted_to_an_old_form_is_not_looked_at(client, site, address):
    make_user("Administrators", name="known")
    answer = client.post(address, {"username": "known", "password": "a long enough password"})
    assert answer.headers["Location"].startswith("/accounts/login/")
    assert "sessionid" not in client.cookies


def test_no_page_and_no_file_is_opened_by_a_shared_password(client, site):
    assert client.post("/en/_util/authenticate_with_password/1/1/", {"password": "x"}).status_code == 404
    assert client.post("/files/authenticate_with_password/1/", {"password": "x"}).status_code == 404
    form = PageViewRestrictionForm(private_page_options=["password", "groups", "login"])
    assert "password" not in [value for value, _label in form.fields["restriction_type"].choices]


def test_a_page_under_an_old_password_shows_no_form(client, site):
    document = make_document(title="Hidden words")
    PageViewRestriction.objects.create(page=document, restriction_type="password", password="x")
    answer = client.get(document.url)
    assert b"Hidden words" not in answer.content
    assert b'type="password"' not in answer.content


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/x", "javascript:alert(1)", "/\\evil.example"]
)
def test_after_log_in_nobody_is_led_off_the_site(client, site, target):
    make_user(name="known")
    answer = client.post(
        "/accounts/login/", {"login": "known", "password": "a long enough password", "next": target}
    )
    assert answer.headers["Location"] == "/en/me/"


def test_after_log_in_one_comes_back_to_where_one_was(client, site):
    make_user(name="known")
    answer = client.post(
        "/accounts/login/", {"login": "known", "password": "a long enough password", "next": "/fr/library/"}
    )
    assert answer.headers["Location"] == "/fr/library/"


def test_a_member_without_a_part_in_the_editor_is_told_so(client, site):
    client.force_login(make_user())
    assert client.get("/admin/").status_code == 403


def test_the_editor_has_no_password_fields_and_no_foreign_log_out(client, site):
    client.force_login(make_user("Administrators"))
    for address in ("/admin/account/", "/admin/users/new/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert b'type="password"' not in answer.content
    assert client.get("/admin/logout/").headers["Location"] == "/accounts/logout/"
    assert "_auth_user_id" in client.session
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_log_out_by_post_only(client, site):
    client.force_login(make_user())
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_an_account_made_by_an_administrator_is_opened_by_mail(client, site, delivered):
    client.force_login(make_user("Administrators"))
    answer = client.post(
        "/admin/users/new/",
        {"username": "nina", "email": "Nina@example.org", "display_name": "Nina", "interface_language": "fr"},
    )
    assert answer.status_code == 302
    nina = User.objects.get(username="nina")
    assert not nina.has_usable_password()
    assert not nina.is_superuser
    [invitation] = delivered()
    assert invitation.to == ["nina@example.org"]
    link = next(word for word in invitation.body.split() if "/accounts/password/reset/key/" in word)
    client.logout()
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "vert-lagune-43", "password2": "vert-lagune-43"})
    answer = client.post("/accounts/login/", {"login": "nina", "password": "vert-lagune-43"})
    assert answer.headers["Location"] == "/fr/me/"


def test_an_administrator_does_not_touch_superusers(client, site):
    boss = User.objects.create_superuser("boss", "boss@example.org", "x")
    client.force_login(make_user("Administrators"))
    assert client.get(f"/admin/users/edit/{boss.pk}/").status_code in (302, 403)
    client.post(
        f"/admin/users/edit/{boss.pk}/",
        {"username": "boss", "email": "mine@example.org", "display_name": "x", "is_active": "on"},
    )
    boss.refresh_from_db()
    assert boss.email == "boss@example.org"


def test_nobody_becomes_superuser_through_the_screens(client, site):
    admin = make_user("Administrators")
    other = make_user()
    client.force_login(admin)
    client.post(
        f"/admin/users/edit/{other.pk}/",
        {
            "username": other.username,
            "email": other.email,
            "display_name": "x",
            "is_active": "on",
            "is_superuser": "on",
        },
    )
    other.refresh_from_db()
    assert (other.display_name, other.is_superuser) == ("x", False)


def test_the_editors_own_settings_ask_for_no_name_and_can_be_saved(client, site):
    user = make_user("Authors")
    client.force_login(user)
    page = client.get("/admin/account/")
    assert b"first_name" not in page.content
    fields = {
        "theme-theme": "dark",
        "theme-contrast": "system",
        "theme-density": "default",
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
    }
    assert client.post("/admin/account/", fields).status_code == 302
    user.refresh_from_db()
    assert user.wagtail_userprofile.theme == "dark"


@pytest.mark.parametrize("screen", ["/admin/users/new/", "edit"])
def test_an_address_of_another_account_is_refused_with_a_reason(client, site, screen):
    other, user = make_user(), make_user()
    other.emailaddress_set.create(email="second@example.org", verified=True)
    client.force_login(make_user("Administrators"))
    address = f"/admin/users/edit/{user.pk}/" if screen == "edit" else screen
    for taken in (other.email, "second@example.org"):
        answer = client.post(
            address, {"username": "x1", "email": taken, "display_name": "X", "is_active": "on"}
        )
        assert answer.status_code == 200
        assert b"Another account has this address." in answer.content
