"""The forum in a language that is read from right to left: a copy of the demo in which Arabic is open."""

import re
import shutil
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import DESK, PHONE
from tests.e2e.conftest import visits
from tests.e2e.looking import check
from tests.e2e.server import DemoServer
from tests.e2e.talking import begin, field_of

pytestmark = pytest.mark.browser
OPEN = """
from cms.accounts.models import User
from cms.translations.services.programmes import Terms, open_language
open_language(User.objects.get(username="admin"), "ar", Terms())
"""
# Where a text's ink begins and ends within its own frame: [free to the left, free to the right].
FREE = """one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const ink = range.getBoundingClientRect(), frame = one.getBoundingClientRect();
    return [ink.left - frame.left, frame.right - ink.right];
}"""


@pytest.fixture(scope="module")
def arabic(demo_server, tmp_path_factory):
    """Its own server: what other tests count, they count in three languages."""
    folder = tmp_path_factory.mktemp("arabic") / "demo"
    shutil.copytree(demo_server.folder, folder, ignore=shutil.ignore_patterns("site.sqlite3*", "cache*"))
    server = DemoServer(folder, workers=1)
    with (
        closing(sqlite3.connect(demo_server.database)) as old,
        closing(sqlite3.connect(server.database)) as new,
    ):
        old.backup(new)
    server.run(OPEN)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def arabic_sessions():
    return {}


@pytest.fixture
def visit(chromium, arabic, arabic_sessions):
    yield from visits(chromium, arabic, arabic_sessions)


@pytest.fixture
def talk(arabic):
    return begin(arabic, "من يخبز يوم الجمعة؟", "ar")


def turned(path: str) -> str:
    return path.replace("/en/", "/ar/")


def test_what_comes_first_stands_to_the_right(visit, talk):
    page = visit(width=DESK).open(turned(talk.path))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    post = "#post-1 "
    for first, after in {
        ".conversation": ".topic-record",
        f"{post}.monogram": f"{post}.post-author",
        f"{post}.post-author": f"{post}.number",
    }.items():
        right, left = (page.locator(one).first.bounding_box() for one in (first, after))
        assert right["x"] >= left["x"], (first, after)


@pytest.mark.parametrize("user", ["", "author", "facilitator"])
def test_nothing_sticks_out(visit, talk, user):
    visitor = visit(user=user or None, width=PHONE)
    for path in {
        "": ("/en/forum/", "/en/forum/e2e-neighbours/", talk.path, f"/en/forum/t/{talk.number}/log/"),
        "author": (
            talk.path,
            "/en/forum/me/",
            f"/en/forum/p/{talk.post}/translate/fr/",
            "/en/forum/e2e-neighbours/new/",
        ),
        "facilitator": ("/en/forum/review/", f"/en/forum/t/{talk.number}/moderate/"),
    }[user]:
        page = visitor.open(turned(path))
        assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE, path


def test_arabic_on_an_english_page(visit, talk):
    """What is said begins at the right; what the site says of it stays as the page."""
    page = visit(width=PHONE).open(talk.path)
    text = page.locator("#post-1 .post-text")
    expect(text).to_have_attribute("lang", "ar")
    expect(text).to_have_css("direction", "rtl")
    left, right = text.locator("p").first.evaluate(FREE)
    assert left > right
    monogram, author = (
        page.locator(f"#post-1 {one}").bounding_box() for one in (".monogram", ".post-author")
    )
    assert monogram["x"] < author["x"]
    check(page)


def test_a_post_is_written_and_read_from_right_to_left(visit, talk):
    page = visit(user="author", width=PHONE).open(turned(talk.path))
    field = field_of(page)
    page.locator("select[name=language]").select_option("ar")
    expect(field).to_have_attribute("lang", "ar")
    field.fill("> من يخبز؟\n\nأنا أخبز **كل يوم**.")
    expect(field).to_have_css("direction", "rtl")
    bold, italic = (page.locator(f"[data-tool={name}]") for name in ("bold", "italic"))
    assert bold.bounding_box()["x"] > italic.bounding_box()["x"]
    bold.focus()
    page.keyboard.press("ArrowLeft")
    expect(italic).to_be_focused()

    page.locator("[data-preview]").click()
    quotation = page.locator(".preview blockquote")
    expect(quotation).to_have_css("direction", "rtl")
    expect(quotation).to_have_css("border-right-style", "solid")
    expect(quotation).to_have_css("border-left-style", "none")
    check(page)
    page.locator("[name=do][value=send]").click()
    expect(page).to_have_url(re.compile("#post-2$"))
    sent = page.locator("#post-2 .post-text")
    expect(sent).to_have_attribute("dir", "rtl")
    expect(sent.locator("strong")).to_have_text("كل يوم")
    left, right = sent.locator("p").last.evaluate(FREE)
    assert left > right
