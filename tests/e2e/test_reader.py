"""A reader finds, opens, changes the language, compares, looks up and comes back; also without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import places
from tests.e2e.browser import DESK, PHONE

pytestmark = pytest.mark.browser


def total(page) -> int:
    """The number of documents that the library says it shows."""
    return int(re.match(r"\d+", page.locator("#results-title").inner_text()).group())


def choose(page, facet: str, row: int = 0) -> int:
    """Follow a filter; returns the number it promised."""
    link = page.locator(f"[data-facet={facet}] li a:not([aria-current])").nth(row)
    promised = int(link.locator(".count").inner_text())
    link.click()
    return promised


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_home_page_to_a_document_and_back(visit, javascript):
    visitor = visit(javascript=javascript)
    page = visitor.open("/en/")
    page.get_by_role("link", name="Enter the library").click()
    everything = total(page)
    assert everything >= 32

    promised = choose(page, "type")
    assert total(page) == promised < everything
    of_one_type = promised
    promised = choose(page, "theme")
    assert total(page) == promised <= of_one_type
    chips = page.locator(".chips a.chip")
    expect(chips).to_have_count(2)
    assert page.locator("ol.results > li").count() == min(promised, 20)

    chips.nth(1).click()
    assert total(page) == of_one_type
    expect(chips).to_have_count(1)

    listed = page.url
    title = page.locator("ol.results h3 a").first.inner_text()
    page.locator("ol.results h3 a").first.click()
    expect(page.locator("h1")).to_have_text(title)
    page.go_back()
    assert page.url == listed
    assert total(page) == of_one_type
    expect(chips).to_have_count(1)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_to_another_language_and_to_one_that_does_not_exist_yet(visit, javascript):
    visitor = visit(javascript=javascript)
    key = places.document_without("es")
    page = visitor.open(places.document(key))
    page.locator(".switcher").get_by_role("link", name="français").click()
    assert visitor.path == places.document(key, "fr")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("h1")).to_have_text(places.text_of(key, "fr")["title"])

    page.locator(".switcher a[data-state=missing]").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert (
        places.text_of(key, "fr")["title"] in visitor.text() or places.text_of(key)["title"] in visitor.text()
    )
    offered = page.locator("main .results h2 a")
    assert sorted(offered.evaluate_all("all => all.map((one) => one.lang)")) == ["en", "fr"]
    page.locator("main .results h2 a[lang=en]").click()
    assert visitor.path == places.document(key)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_six_cases_side_by_side(visit, javascript):
    visitor = visit(javascript=javascript)
    page = visitor.open("/en/")
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Reading grid").click()
    boxes = page.locator("input[name=case]")
    for number in range(6):
        boxes.nth(number).check()
    page.get_by_role("button", name="Put side by side").click()
    expect(page.locator("table.matrix thead th")).to_have_count(6)
    expect(page.locator("table.matrix tbody")).to_have_count(5)

    page.locator(".chosen a.chip").first.click()
    expect(page.locator("table.matrix thead th")).to_have_count(5)
    page.locator("table.matrix thead a").first.click()
    expect(page.locator("article.document")).to_be_visible()
    page.go_back()
    expect(page.locator("table.matrix thead th")).to_have_count(5)


def test_the_list_of_places_leads_to_the_map_and_to_the_documents(visit):
    visitor = visit()
    page = visitor.open("/en/library/map/")
    expect(page.locator("#map")).to_be_visible()
    place = page.locator("#places li.place").first
    title = place.locator("ul a").first.inner_text()
    place.locator("h3 button").click()
    popup = page.locator(".leaflet-popup")
    expect(popup.get_by_role("link", name=title)).to_be_focused()
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(place.locator("h3 button")).to_be_focused()
    place.locator("ul a").first.click()
    expect(page.locator("h1")).to_have_text(title)


def test_the_list_of_places_works_without_the_map(visit):
    visitor = visit(javascript=False)
    page = visitor.open("/en/library/map/")
    expect(page.locator("#map")).to_be_hidden()
    link = page.locator("#places li.place ul a").first
    title = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_have_text(title)


def test_a_word_of_the_glossary_in_another_language(visit):
    visitor = visit()
    page = visitor.open("/en/glossary/?q=économie solidaire")
    page.locator("article.term h3 a", has_text=re.compile("^solidarity economy$", re.IGNORECASE)).click()
    assert visitor.path == "/en/glossary/solidarity-economy/"
    page.locator(".switcher").get_by_role("link", name="español").click()
    assert visitor.path == "/es/glossary/solidarity-economy/"
    expect(page.locator("h1")).to_have_text(re.compile("economía solidaria", re.IGNORECASE))


def test_search_finds_a_document_in_the_language_of_the_page(visit):
    visitor = visit()
    page = visitor.open("/fr/")
    title = places.text_of("if-ter-res", "fr")["title"]
    page.locator("#site-search").fill("territoires qui répondent")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=title).first).to_be_visible()


def test_with_the_keyboard_only(visit):
    visitor = visit(width=DESK)
    page = visitor.open("/en/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    press_until(page, "main a.button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/library/")
    press_until(page, "[data-facet=type] li:first-child a")
    assert outline_width(page) >= 2
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/library/?type=*")
    press_until(page, ".chips a.chip")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/library/")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_on_a_phone_the_filters_unfold(visit, javascript):
    visitor = visit(width=PHONE, height=740, javascript=javascript)
    page = visitor.open("/en/library/")
    expect(page.locator("ol.results h3 a").first).to_be_visible()
    first = page.locator("[data-facet=type] li a").first
    expect(first).to_be_hidden()
    page.locator(".facets-fold summary").click()
    expect(first).to_be_visible()
    first.click()
    expect(page.locator(".chips a.chip")).to_have_count(1)


def test_the_dark_theme_is_kept(visit):
    visitor = visit()
    page = visitor.open("/en/")
    light = background(page)
    page.locator("[data-theme-switch]").click()
    dark = background(page)
    assert dark != light
    visitor.open("/fr/library/")
    assert background(page) == dark
    page.locator("[data-theme-switch]").click()
    assert background(page) == light


def test_a_document_prints_without_the_frame(visit):
    visitor = visit()
    page = visitor.open(places.document(places.DOCUMENTS["learning journey"]))
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("aside.record")).to_be_visible()
    for part in (".menu", ".switcher", "#site-search", ".account"):
        expect(page.locator(part).first).to_be_hidden()


def press_until(page, selector: str, most: int = 80) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by the keyboard")


def outline_width(page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")


def background(page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


@pytest.mark.parametrize("code", ["en", "fr", "es"])
def test_the_head_of_a_page_stands_on_one_line(visit, code):
    page = visit().open(f"/{code}/library/")
    for width in (800, 1024, 1160, DESK):
        page.set_viewport_size({"width": width, "height": 700})
        tops = [page.locator(part).first.bounding_box()["y"] for part in (".brand", ".account")]
        assert abs(tops[0] - tops[1]) < 25, f"{width} pixels: the log-in has fallen below the name"
