"""Whole journeys of facilitators and of who leaves: a topic is split, an account is closed; with scripts and without."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import PHONE
from tests.e2e.looking import check
from tests.e2e.server import PASSWORD
from tests.e2e.talking import begin, say

pytestmark = pytest.mark.browser


@pytest.fixture
def talk(demo_server):
    return begin(demo_server)


def test_a_topic_is_split_and_an_old_link_leads_on(visit, talk):
    writer = visit(user="author").open(talk.path)
    for words in ("About the flour.", "About the wood.", "About the flour again."):
        say(writer, words)
    link = writer.locator("#post-3 .post-facts a").first.get_attribute("href")
    old = f"{talk.path}#post-3"

    page = visit(user="facilitator", javascript=False).open(talk.path)
    page.get_by_role("link", name="Moderate this topic").click()
    page.get_by_role("checkbox", name=re.compile("About the wood")).check()
    page.get_by_label("Title of the new topic").fill(f"The wood of {talk.mark}")
    page.get_by_role("button", name="Move the chosen posts").click()
    expect(page.locator("[role=status]")).to_contain_text("Done")
    expect(page.locator("h1 + .summary")).to_have_text(f"The wood of {talk.mark}")

    reader = visit()
    page = reader.open(link)
    expect(page.locator("h1")).to_have_text(f"The wood of {talk.mark}")
    expect(page.locator("#post-1")).to_contain_text("About the wood.")
    page = reader.open(old)
    expect(page.locator(".posts")).not_to_contain_text("About the wood.")
    page.locator("#post-3").click()
    expect(page.locator("#post-1")).to_contain_text("About the wood.")
    page = reader.open(f"/en/forum/t/{talk.number}/log/")
    expect(page.locator("main")).to_contain_text("moved posts 3 to another topic")


def test_the_second_to_decide_is_told(visit, talk):
    newcomer = visit(user=talk.newcomer)
    say(newcomer.open(talk.path), f"My first words on {talk.mark}.")
    first, second = visit(user="facilitator"), visit(user="admin")
    for each in (first, second):
        row = each.open("/en/forum/review/").locator(".review-row", has_text=talk.mark)
        row.get_by_role("link", name="Look closely and decide").click()
    first.page.get_by_label("Publish it", exact=True).check()
    first.page.get_by_role("button", name="Decide").click()
    expect(first.page.locator("[role=status]")).to_contain_text("It is published")
    second.expected_statuses.add(409)
    second.page.get_by_label("Do not publish it; the author can answer").check()
    second.page.get_by_label("Reason").fill("Too short.")
    second.page.get_by_role("button", name="Decide").click()
    expect(second.page.locator("[role=alert]")).to_contain_text("nothing more was done")
    expect(second.page.locator("main")).to_contain_text("Too short.")
    check(second.page)


def test_an_account_is_closed_by_its_owner(visit, talk, demo_server):
    newcomer = visit(user=talk.newcomer)
    say(newcomer.open(talk.path), f"I leave soon, says {talk.mark}.")
    page = visit(user="facilitator").open("/en/forum/review/")
    page.locator(".review-row", has_text=talk.mark).get_by_role("button", name="Publish it").click()
    expect(page.locator(".review-row", has_text=talk.mark)).to_have_count(0)
    answering = visit(user="author").open(talk.path)
    answering.locator("#post-2").get_by_role("link", name="Quote").click()
    expect(answering.locator("textarea[data-text]")).to_have_value(re.compile("@Nadia"))
    answering.get_by_role("button", name="Send the reply").click()
    expect(answering.locator("#post-3")).to_contain_text("Nadia")

    page = newcomer.open("/en/me/close/")
    check(page)
    page.get_by_label("are blanked").check()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Close my account for good").click()
    expect(page.locator("h1")).to_have_text("Your account is closed")

    reader = visit()
    deadline = time.monotonic() + 60  # the worker does the rest
    while True:
        page = reader.open(talk.path)
        if "Nadia" not in page.content() or time.monotonic() > deadline:
            break
        page.wait_for_timeout(500)
    assert "Nadia" not in page.content()
    expect(page.locator("#post-2")).to_contain_text("deleted by who wrote it")
    expect(page.locator("#post-3")).to_contain_text("a former member")


def test_screens_of_facilitators(visit, talk):
    newcomer = visit(user=talk.newcomer)
    say(newcomer.open(talk.path), f"My first words on {talk.mark}.")
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
        f"/en/forum/t/{talk.number}/log/",
        f"/en/forum/p/{talk.post}/report/",
        "/en/forum/me/data/",
    ):
        check(visitor.open(path))
