"""Somebody opens an account: form, mail, link, desk."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e.mailbox import mails_to, wait_for_mail

pytestmark = pytest.mark.browser
PASSWORD = "seven brown boats in the rain"


def test_sign_up_confirm_and_reach_the_desk(visit, demo_server):
    visitor = visit()
    name = f"new{uuid4().hex[:8]}"
    address = f"{name}@example.org"
    page = visitor.open("/accounts/signup/")
    page.get_by_label("Your name, as others see it").fill("Ana Nova")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("User name").fill(name)
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill("something else entirely")
    submit(page)
    # What was typed is kept, but for passwords; what is wrong is said.
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.get_by_label("E-mail address")).to_have_value(address)

    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    submit(page)
    expect(page.locator("h1")).to_have_text("Now look at your mail")

    mail = wait_for_mail(demo_server.mail, address)
    text = mail.get_body(("plain",)).get_content()
    link = re.search(r"http://\S+/accounts/confirm-email/\S+", text).group()
    page.goto(link)
    submit(page)
    page.wait_for_url("**/me/")
    expect(page.locator("h1")).to_contain_text("Ana Nova")

    # A public page greets them through the fragment; its HTML is everybody's.
    visitor.open("/en/")
    expect(page.locator(".account")).to_contain_text("Ana Nova")


def test_a_known_address_is_told_by_mail_only(visit, demo_server):
    address = "member@example.org"
    before = len(mails_to(demo_server.mail, address))
    visitor = visit()
    page = visitor.open("/accounts/signup/")
    page.get_by_label("Your name, as others see it").fill("Somebody Else")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("User name").fill("somebody.else")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    submit(page)
    expect(page.locator("h1")).to_have_text("Now look at your mail")
    mail = wait_for_mail(demo_server.mail, address, before + 1)
    assert "confirm-email" not in mail.get_body(("plain",)).get_content()


def test_a_wrong_password_says_no_more_than_that(visit):
    answers = []
    for name in ("author", "nobody-by-this-name"):
        visitor = visit()
        page = visitor.open("/accounts/login/")
        page.locator("[name=login]").fill(name)
        page.locator("[name=password]").fill("not the password")
        submit(page)
        answers.append(page.locator("[data-error-summary]").inner_text())
    assert answers[0] == answers[1]


def submit(page) -> None:
    page.locator("main form button[type=submit]").first.click()
