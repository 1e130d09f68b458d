"""Longer ways through the forum: a conversation that is split, a member who leaves, and all of it from right to left."""

import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import DESK, PHONE
from tests.e2e.looking import check
from tests.e2e.server import PASSWORD
from tests.e2e.talking import begin, say
from tests.e2e.web import Reader

pytestmark = pytest.mark.browser
PATIENCE = 90  # seconds: what follows a closed account is done by the worker


@pytest.fixture
def talk(demo_server):
    return begin(demo_server)


@pytest.fixture
def reader(demo_server):
    one = Reader(urlsplit(demo_server.base_url).netloc)
    yield one
    one.close()


def test_posts_go_to_a_topic_of_their_own_and_old_links_lead_there(visit, talk):
    member = visit(user="author")
    page = member.open(talk.path)
    for words in ("Friday suits me.", "And who brings the wood?", "The wood is behind the barn."):
        say(page, words)
    link = page.locator("#post-3").get_by_role("link", name="#3").first.get_attribute("href")

    facilitator = visit(user="facilitator")
    page = facilitator.open(talk.path)
    page.get_by_role("link", name="Moderate this topic").click()
    for number in (3, 4):
        page.locator(f".review-choose input[value='{number}']").check()
    page.get_by_label("Title of the new topic").fill(f"Wood for {talk.mark}")
    page.get_by_role("button", name="Move the chosen posts").click()
    expect(page.locator("header .summary")).to_contain_text(f"Wood for {talk.mark}")

    # As somebody who kept the address of the post, and as somebody who kept that of its place.
    page = visit().open(link)
    expect(page.locator("h1")).to_have_text(f"Wood for {talk.mark}")
    expect(page).to_have_url(re.compile(r"#post-1$"))
    expect(page.locator("#post-1")).to_contain_text("And who brings the wood?")
    page.goto(f"{talk.path}#post-3")
    gone = page.locator("#post-3")
    expect(gone).to_have_text("post 3")
    gone.click()
    expect(page.locator("#post-1")).to_contain_text("And who brings the wood?")
    page.goto(talk.path)
    expect(page.locator(".posts")).not_to_contain_text("The wood is behind the barn.")
    page.get_by_role("link", name="What happened to this topic").click()
    expect(page.locator("main")).to_contain_text("Facilitator of the demo")

    # Who wrote there follows the new topic, and goes on in it.
    page = member.open(link)
    say(page, "I bring the axe.")
    expect(page.locator("#post-3")).to_contain_text("I bring the axe.")


def test_a_member_takes_a_copy_leaves_and_is_forgotten(visit, talk, demo_server, reader):
    demo_server.manage(
        "shell",
        "--no-imports",
        "--command",
        "from cms.accounts.models import User; from forum.models import Member;"
        f"Member.objects.update_or_create(user=User.objects.get(username={talk.newcomer!r}), defaults={{'trust': 1}})",
    )
    name = f"Nadia of {talk.mark}"
    leaving = visit(user=talk.newcomer)
    page = leaving.open(talk.path)
    say(page, "My grandmother's oven was hotter.")
    answered = visit(user="editor").open(talk.path)
    say(answered, f"@{name} how did she heat it?")
    assert name in reader.get(talk.path).text

    page = leaving.open("/en/forum/me/data/")
    page.get_by_role("button").filter(has_text="copy").click()
    page.goto("/en/me/close/")
    page.get_by_label("Password", exact=False).fill(PASSWORD)
    for stays in page.get_by_label(re.compile("stay|keep", re.IGNORECASE)).all():
        stays.check()
    page.get_by_role("button", name="Close my account for good").click()
    expect(page.locator("h1, h2").first).to_contain_text("closed")

    text = wait_until(lambda: reader.get(talk.path).text, lambda found: name not in found)
    assert "My grandmother&#x27;s oven was hotter." in text or "My grandmother's oven was hotter." in text
    assert "how did she heat it?" in text
    assert name not in reader.get("/en/forum/").text
    assert name not in reader.get("/en/forum.atom").text


def wait_until(ask, holds):
    """What `ask` answers, once it `holds`."""
    deadline = time.monotonic() + PATIENCE
    while not holds(found := ask()):
        assert time.monotonic() < deadline
        time.sleep(0.5)
    return found


# --- From right to left


def turned(visitor, path: str):
    page = visitor.open(path)
    page.evaluate("Object.assign(document.documentElement, { dir: 'rtl', lang: 'ar' })")
    return page


def test_from_right_to_left_what_comes_first_stands_to_the_right(visit, talk):
    page = turned(visit(width=DESK), talk.path)
    boxes = [page.locator(one).first.bounding_box() for one in (".conversation", ".topic-record")]
    assert boxes[0]["x"] >= boxes[1]["x"] + boxes[1]["width"]


def test_from_right_to_left_nothing_sticks_out(visit, talk):
    for user, paths in {
        None: ("/en/forum/", "/en/forum/e2e-neighbours/", talk.path, f"/en/forum/t/{talk.number}/log/"),
        "author": (
            talk.path,
            "/en/forum/me/",
            f"/en/forum/p/{talk.post}/translate/fr/",
            "/en/forum/e2e-neighbours/new/",
        ),
        "facilitator": ("/en/forum/review/", f"/en/forum/t/{talk.number}/moderate/"),
    }.items():
        visitor = visit(user=user, width=PHONE)
        for path in paths:
            page = turned(visitor, path)
            assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE, path


def test_a_post_in_arabic_is_read_from_right_to_left(visit, demo_server):
    talk = begin(demo_server, "من يخبز يوم الجمعة؟", "ar")
    page = visit(width=PHONE).open(talk.path)
    text = page.locator("#post-1 [lang=ar]").first
    assert text.evaluate("text => getComputedStyle(text).direction") == "rtl"
    check(page)
