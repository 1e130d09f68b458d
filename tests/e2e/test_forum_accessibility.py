"""The forum's pages, as test_accessibility.py looks at others: axe, a phone and a desk, in light and in dark."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import PHONE
from tests.e2e.looking import check
from tests.e2e.talking import field_of, say

pytestmark = pytest.mark.browser


def test_pages_to_read(visit, talk):
    visitor = visit(width=PHONE)
    for path in (
        "/en/forum/",
        "/fr/forum/",
        "/en/forum/?list=unanswered",
        "/en/forum/debate/",
        "/en/forum/e2e-neighbours/",
        talk.path,
        f"/en/forum/t/{talk.number}/log/",
        "/en/forum/new/",
    ):
        check(visitor.open(path))


def test_pages_of_a_member(visit, talk):
    visitor = visit(user="author", width=PHONE)
    page = visitor.open(talk.path)
    member = page.locator("#post-1 .post-author a").get_attribute("href")
    for path in (
        "/en/forum/?list=following",
        "/en/forum/?list=unread",
        "/en/forum/me/",
        "/en/forum/me/data/",
        f"/en/forum/t/{talk.number}/follow/",
        "/en/forum/debate/follow/",
        member,
    ):
        check(visitor.open(path))


def test_pages_to_write(visit, talk):
    """A post that its author may still edit, and one of somebody else."""
    visitor = visit(user="author", width=PHONE)
    page = visitor.open(talk.path)
    say(page, "Bread, every day.")
    own = f"/en/forum/p/{page.locator('#post-2').get_attribute('data-post')}"
    post = f"/en/forum/p/{talk.post}"
    check(page)
    for path in (
        "/en/forum/e2e-neighbours/new/",
        f"/en/forum/t/{talk.number}/reply/?quote={talk.post}",
        f"{post}/translate/",
        f"{post}/translate/fr/",
        f"{post}/report/",
        f"{own}/delete/",
        f"{own}/edit/",
    ):
        check(visitor.open(path))
    field_of(page).fill("Bread, *every second* day.")
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator(".preview em")).to_have_text("every second")
    check(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#post-2")).to_contain_text("edited")
    check(visitor.open(f"{own}/history/"))


def test_what_opens_above_a_page(visit, talk):
    """The menu of a post, and the names that are proposed."""
    page = visit(user="author", width=PHONE).open(talk.path)
    page.locator("#post-1 .more summary").click()
    expect(page.get_by_role("link", name="Report", exact=True)).to_be_visible()
    check(page)
    field_of(page).focus()
    page.keyboard.type("@Faci")
    expect(page.locator(".names").get_by_role("option").first).to_be_visible()
    check(page)


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("t/{talk.number}/reply/", "Send the reply"),
        ("e2e-neighbours/new/", "Open the topic"),
        ("p/{talk.post}/report/", "Report"),
    ],
)
def test_what_is_wrong_is_led_to(visit, talk, path, button):
    visitor = visit(user="author", width=PHONE)
    visitor.expected_statuses.add(422)
    page = visitor.open(f"/en/forum/{path.format(talk=talk)}")
    page.locator("main").get_by_role("button", name=re.compile(f"^{button}")).click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    check(page)


def test_screens_of_facilitators(visit, talk):
    say(visit(user=talk.newcomer).open(talk.path), f"My first words on {talk.mark}.")
    visitor = visit(user="facilitator", width=PHONE)
    page = visitor.open("/en/forum/review/")
    check(page)
    row = page.locator(".review-row", has_text=talk.mark)
    item = row.get_by_role("link", name="Look closely and decide").get_attribute("href")
    member = row.locator(".review-author a").get_attribute("href")
    for path in (
        item,
        member,
        "/fr/forum/review/",
        "/en/forum/review/log/",
        f"/en/forum/t/{talk.number}/moderate/",
    ):
        check(visitor.open(path))
