"""Whole journeys of facilitators: a topic is split, two decide at the same time; with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.looking import check
from tests.e2e.talking import say

pytestmark = pytest.mark.browser


def test_a_topic_is_split_and_old_links_lead_to_the_posts(visit, talk):
    writer = visit(user="author").open(talk.path)
    for words in ("About the flour.", "About the wood.", "The wood is behind the barn."):
        say(writer, words)
    link = writer.locator("#post-3 .number").get_attribute("href")

    page = visit(user="facilitator", javascript=False).open(talk.path)
    page.get_by_role("link", name="Moderate this topic").click()
    for words in ("About the wood", "behind the barn"):
        page.get_by_role("checkbox", name=re.compile(words)).check()
    page.get_by_label("Title of the new topic").fill(f"The wood of {talk.mark}")
    page.get_by_role("button", name="Move the chosen posts").click()
    expect(page.locator("main [role=status]")).to_contain_text("Done")
    expect(page.locator("h1 + .summary")).to_have_text(f"The wood of {talk.mark}")

    # Somebody who kept the address of the post, and somebody who kept that of its place in the old topic.
    reader = visit()
    page = reader.open(link)
    expect(page.locator("h1")).to_have_text(f"The wood of {talk.mark}")
    expect(page).to_have_url(re.compile(r"#post-1$"))
    expect(page.locator("#post-1")).to_contain_text("About the wood.")
    page = reader.open(f"{talk.path}#post-3")
    expect(page.locator(".posts")).not_to_contain_text("behind the barn")
    page.locator("#post-3").click()
    expect(page.locator("#post-1")).to_contain_text("About the wood.")
    page = reader.open(f"/en/forum/t/{talk.number}/log/")
    expect(page.locator("main")).to_contain_text("moved posts 3–4 to another topic")

    # Who wrote there follows the new topic, and goes on in it.
    writer.goto(link)
    expect(writer.get_by_label("Following", exact=True)).to_have_value("3")
    say(writer, "I bring the axe.")
    expect(writer.locator("#post-3")).to_contain_text("I bring the axe.")


def test_the_second_to_decide_is_told(visit, talk):
    newcomer = visit(user=talk.newcomer)
    say(newcomer.open(talk.path), f"My first words on {talk.mark}.")
    first, second = visit(user="facilitator"), visit(user="admin")
    for each in (first, second):
        row = each.open("/en/forum/review/").locator(".review-row", has_text=talk.mark)
        row.get_by_role("link", name="Look closely and decide").click()
    first.page.get_by_label("Publish it", exact=True).check()
    first.page.get_by_role("button", name="Decide").click()
    expect(first.page.locator("main [role=status]")).to_contain_text("It is published")
    second.expected_statuses.add(409)
    second.page.get_by_label("Do not publish it; the author can answer").check()
    second.page.get_by_label("Reason").fill("Too short.")
    second.page.get_by_role("button", name="Decide").click()
    expect(second.page.locator("[role=alert]")).to_contain_text("nothing more was done")
    expect(second.page.locator("main")).to_contain_text("Too short.")
    check(second.page)
