"""What a member of the forum lives through besides talking: mail about a topic, and leaving for good."""

import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.looking import check
from tests.e2e.mailbox import mails_to, wait_for_mail
from tests.e2e.server import PASSWORD
from tests.e2e.talking import say

pytestmark = pytest.mark.browser
PATIENCE = 90  # seconds: what follows a closed account is done by the worker
TICK = "from django.core.management import call_command; call_command('tick')"


# --- Following


def test_a_topic_is_followed_by_mail_until_one_click_ends_it(visit, talk, demo_server):
    def mail_to(name: str, number: int = 1):
        # What the scheduler does once a minute.
        return wait_for_mail(
            demo_server.mail,
            f"{name}@example.org",
            number,
            about=talk.title,
            meanwhile=lambda: demo_server.run(TICK),
        )

    followers = visit(user=talk.newcomer), visit(user="editor")
    for each in followers:
        page = each.open(talk.path)
        page.get_by_label("Following", exact=True).select_option(label="Watching")
        expect(page.locator("#follow-reason")).to_have_text("Saved. As you chose.")
    writing = visit(user="author").open(talk.path)
    say(writing, f"It is **warm**.\n\nCome, says {talk.mark}.")

    mail = mail_to(talk.newcomer)
    assert f"Come, says {talk.mark}." in mail.get_body(("plain",)).get_content()
    assert "<strong>warm</strong>" in mail.get_body(("html",)).get_content()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    way_out = urlsplit(mail["List-Unsubscribe"].strip(" <>")).path
    way_in = re.search(
        rf"http://\S+/forum/t/{talk.number}-\S+#post-2", mail.get_body(("plain",)).get_content()
    )
    stranger = visit()
    page = stranger.open(way_in.group().removeprefix(demo_server.base_url))
    expect(page.locator("#post-2")).to_contain_text(f"Come, says {talk.mark}.")

    # Looking at the link ends nothing; a mail program's POST does, without a cookie.
    page = stranger.open(way_out)
    expect(page.get_by_role("button", name="Tell me no more of it")).to_be_visible()
    check(page)
    following = followers[0].page
    following.reload()
    expect(following.get_by_label("Following", exact=True)).to_have_value("3")
    answer = visit().context.request.post(way_out, form={"List-Unsubscribe": "One-Click"})
    assert answer.status == 200
    following.reload()
    expect(following.get_by_label("Following", exact=True)).to_have_value("0")

    # The next post reaches who still watches, and nobody else.
    say(writing, "The bread is in.")
    mail_to("editor", 2)
    assert len(mails_to(demo_server.mail, f"{talk.newcomer}@example.org", talk.title)) == 1


# --- Leaving


@pytest.mark.parametrize("fate", ["stay, under", "are blanked"])
def test_a_member_leaves_and_is_forgotten(visit, talk, demo_server, reader, fate):
    name, words = f"Nadia of {talk.mark}", f"I leave soon, says {talk.mark}."
    leaving = visit(user=talk.newcomer)
    say(leaving.open(talk.path), words)
    page = visit(user="facilitator").open("/en/forum/review/")
    page.locator(".review-row", has_text=talk.mark).get_by_role("button", name="Publish it").click()
    expect(page.locator(".review-row", has_text=talk.mark)).to_have_count(0)
    answering = visit(user="author").open(talk.path)
    answering.locator("#post-2").get_by_role("link", name="Quote").click()
    expect(answering.locator("textarea[data-text]")).to_have_value(re.compile(f"@{name}"))
    answering.get_by_role("button", name="Send the reply").click()
    expect(answering.locator("#post-3")).to_contain_text(name)
    assert name in reader.get(talk.path).text

    page = leaving.open("/en/me/close/")
    check(page)
    page.get_by_label(fate).check()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Close my account for good").click()
    expect(page.locator("h1")).to_have_text("Your account is closed")

    deadline = time.monotonic() + PATIENCE
    while any(name in reader.get(path).text for path in (talk.path, "/en/forum/", "/en/forum.atom")):
        assert time.monotonic() < deadline, f"{name} still stands there"
        time.sleep(0.5)
    page = visit().open(talk.path)
    left = {"stay, under": words, "are blanked": "deleted by who wrote it"}[fate]
    expect(page.locator("#post-2")).to_contain_text(left)
    expect(page.locator("#post-3")).to_contain_text("a former member")
    again = visit()
    page = again.open("/accounts/login/")
    page.locator("[name=login]").fill(talk.newcomer)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def test_a_copy_of_what_the_forum_holds_of_a_member(visit, talk):
    member = visit(user="author")
    say(member.open(talk.path), f"Kept by {talk.mark}.")
    page = member.open("/en/forum/me/data/")
    page.get_by_role("button", name=re.compile("copy$")).click()
    download = page.get_by_role("link", name="Download it")
    deadline = time.monotonic() + PATIENCE
    while not download.count():
        assert time.monotonic() < deadline, "no copy was made"
        time.sleep(0.5)
        page.reload()
    with page.expect_download() as given:
        download.click()
    assert given.value.suggested_filename.endswith(".zip")
