"""A reader searches: by a word of another language, by keyboard, without JavaScript; and comes back to what they found."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.e2e import places
from tests.e2e.browser import DESK, PHONE, TABLET
from tests.e2e.looking import check
from tests.e2e.talking import begin

pytestmark = pytest.mark.browser
# In French only; its "recherche-action" is a term of the glossary.
FRENCH_ONLY, SPANISH_WORDS, FRENCH_TERM = "if-myosotis", "investigación-acción", "recherche-action"
BREAD = "الخبز"
PATIENCE = 60  # seconds: what is posted is found once the worker has taken it in


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_document_in_french_is_found_by_a_spanish_word_through_the_glossary(visit, javascript):
    visitor = visit(javascript=javascript)
    page = visitor.open("/es/")
    box = page.locator(".masthead .find input")
    box.fill(SPANISH_WORDS)
    box.press("Enter")
    expect(page.locator(".also em[lang=fr]").get_by_text(FRENCH_TERM, exact=True)).to_be_visible()
    page.locator(".sections a[href*='section=library']").click()

    page.locator("[data-facet=language] a[href*='language=fr']").click()
    expect(page.locator(".chips a.chip")).to_have_count(1)
    title = places.text_of(FRENCH_ONLY, "fr")["title"]
    card = page.locator(".hits .card").filter(has_text=title)
    expect(card.locator("h3")).to_have_attribute("lang", "fr")
    expect(card.locator("em[lang=fr]")).to_have_text(FRENCH_TERM)
    expect(card.locator(".excerpt mark").first).to_have_text(re.compile("recherche", re.IGNORECASE))

    listed = page.url
    assert "language=fr" in listed
    card.locator("h3 a").click()
    expect(page.locator("h1")).to_have_text(title)
    page.go_back()
    assert page.url == listed
    expect(page.locator(".chips a.chip")).to_have_count(1)
    expect(card).to_be_visible()

    # One click, and only what was typed is looked for.
    page.locator(".also a").click()
    assert "typed=1" in page.url
    expect(page.locator(".hits .card").filter(has_text=title)).to_have_count(0)


def test_suggestions_are_reached_by_keyboard(visit):
    visitor = visit()
    page = visitor.open("/en/library/")
    box = page.get_by_role("combobox", name="Search")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("third pil")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("third pillar")
    expect(box).to_have_attribute("aria-expanded", "true")
    # A step up from the box is the last, one down again the box, and then the first.
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(box).to_be_focused()

    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("third pil")
    # The list opens again at its first.
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page.locator("h1")).to_have_text("third pillar")
    assert visitor.path.startswith("/en/glossary/")


def test_what_was_typed_is_sent_where_no_suggestion_is_chosen(visit):
    visitor = visit(width=PHONE)
    page = visitor.open("/en/")
    box = page.get_by_role("combobox", name="Search").first
    box.press_sequentially("third pillar")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Enter")
    expect(page.locator(".hits .card").first).to_be_visible()
    assert "q=third+pillar" in page.url


def test_a_suggestion_is_opened_by_a_click(visit):
    visitor = visit()
    page = visitor.open("/en/search/")
    box = page.locator("main").get_by_role("combobox")
    box.press_sequentially("Poirier")
    page.get_by_role("option").filter(has_text="Yvon Poirier").click()
    expect(page.locator("h1")).to_have_text("Yvon Poirier")


@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
def test_suggestions_stay_in_the_window(visit, width):
    page = visit(width=width).open("/en/")
    page.locator(".masthead").get_by_role("combobox").press_sequentially("soli")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    box = page.get_by_role("listbox").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    check(page)


def test_pages_of_results_can_be_read_by_everybody(visit):
    visitor = visit(width=PHONE)
    page = visitor.open("/en/search/?q=solidarity+economy&section=library&language=en")
    page.locator(".facets-fold summary").click()
    expect(page.locator("[data-facet=type] a").first).to_be_visible()
    check(page)
    for path in (
        "/en/search/",
        "/en/search/?q=%3F%21",
        "/fr/search/?q=recherche-action",
        "/es/search/?q=investigaci%C3%B3n-acci%C3%B3n&section=library",
        "/en/search/?q=solidarity&section=forum",
        "/en/search/?q=solidarity&section=library&theme=nonsense&type=nl&year=1950&page=-3",
        "/en/search/?q=cooperetive+developmant",
        "/en/search/?q=zzgrumpf",
    ):
        check(visitor.open(path))


def test_what_is_wrong_and_what_was_meant_is_said(visit):
    page = visit(javascript=False).open("/en/search/?q=developmant&theme=nonsense")
    expect(page.locator(".notice").filter(has_text="nonsense")).to_be_visible()
    page.locator(".did-you-mean").get_by_role("link", name="development").click()
    expect(page.locator(".hits .card").first).to_be_visible()
    expect(page.locator(".did-you-mean")).to_have_count(0)


@pytest.mark.parametrize("path", ["/admin/search/unfound/", "/admin/search/files/"])
def test_screens_of_administrators(visit, path):
    check(visit("admin", width=PHONE).open(path), within=".nice-padding")


def test_arabic_is_found_and_stands_from_right_to_left(visit, demo_server):
    talk = begin(demo_server, f"من يصنع {BREAD} يوم الجمعة؟", "ar")
    visitor = visit(width=PHONE)
    page = visitor.open("/en/search/")
    deadline = time.monotonic() + PATIENCE
    card = page.locator(".hits .card").filter(has_text=talk.title)
    while not card.count():
        assert time.monotonic() < deadline, "what was posted is not found"
        box = page.locator("main").get_by_role("combobox")
        box.fill(BREAD)
        box.press("Enter")
        page.wait_for_url("**/search/?q=*")
    expect(card.locator(".excerpt")).to_have_attribute("dir", "rtl")
    expect(card.locator(".excerpt")).to_have_css("direction", "rtl")
    expect(card.locator(".excerpt mark")).to_have_text(BREAD)
    expect(card.locator(".chip [lang=ar]")).to_be_visible()
    check(page)
