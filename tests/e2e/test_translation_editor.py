"""The editor of translations: typed with the keyboard, saved as it is typed, and nothing overwritten."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.looking import check
from tests.e2e.translating import field, opened, saved, segment, write

pytestmark = pytest.mark.browser

REMEMBER = """
from datetime import datetime, timezone
from cms.translations.models import MemoryEntry
MemoryEntry.of("It lasted.", source_language="en", target_language="es", target="Duró mucho.", title="The mill",
    approved_at=datetime.now(timezone.utc)).save()
"""


def test_with_the_keyboard_alone_and_saved_as_typed(visit, made):
    page = opened(visit("translator-es"), made)
    field(page, made.title).focus()
    page.keyboard.type("El molino")
    page.keyboard.press("Control+Enter")
    expect(field(page, "Bread for all.")).to_be_focused()
    page.keyboard.press("Alt+PageDown")
    expect(field(page, "How it began")).to_be_focused()
    page.keyboard.press("Alt+PageUp")
    page.keyboard.type("Pan")
    # Nothing was pressed: it is saved a moment later.
    expect(segment(page, "Bread for all.")).to_have_attribute("data-state", "drafted")
    saved(page)
    expect(page.locator("[data-progress] progress")).to_have_attribute("value", "2")
    page.keyboard.press("Escape")
    page.locator(".tl-section").first.click()
    page.keyboard.press("?")
    expect(page.locator("#tl-help")).to_be_visible()
    page.keyboard.press("Escape")
    page = opened(visit("translator-es"), made)
    assert field(page, made.title).input_value() == "El molino"
    assert field(page, "Bread for all.").input_value() == "Pan"


def test_rich_text_stays_rich_text(visit, made):
    page = opened(visit("translator-es"), made)
    rich = field(page, "with a")
    chip = segment(page, "with a").locator(".tl-chip")
    expect(chip).to_have_attribute("aria-pressed", "false")
    rich.click()
    page.keyboard.type("Un ")
    page.keyboard.press("Control+b")
    page.keyboard.type("molino")
    page.keyboard.press("Control+b")
    page.keyboard.type(" con un proyecto")
    for _letter in "proyecto":
        page.keyboard.press("Shift+ArrowLeft")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("End")
    page.keyboard.press("Control+Enter")
    expect(segment(page, "with a")).to_have_attribute("data-state", "drafted")
    saved(page)

    page = opened(visit("translator-es"), made)
    rich = field(page, "with a")
    expect(rich.locator("b")).to_have_text("molino")
    expect(rich.locator("a[data-link=a1]")).to_have_text("proyecto")
    assert "<" not in rich.inner_text()
    page.locator("[data-do=preview]").click()
    frame = page.frame_locator(".tl-preview iframe")
    expect(frame.get_by_role("link", name="proyecto")).to_have_attribute("href", "https://example.org/")
    expect(frame.locator("b", has_text="molino")).to_be_visible()
    expect(frame.locator("body")).to_contain_text("It lasted.")
    # A saving shows in the preview by itself.
    write(page, "It lasted.", "Duró mucho.")
    expect(frame.locator("body")).to_contain_text("Duró mucho.")

    # What is pasted comes as words, and a line break is one.
    rich.click()
    page.keyboard.press("Control+a")
    rich.evaluate(
        """node => {
            const data = new DataTransfer();
            data.setData("text/html", "<h1 onclick='x()'>pegado</h1>");
            data.setData("text/plain", "pegado & <b>crudo</b>");
            node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    page.keyboard.press("Enter")
    page.keyboard.type("otra")
    expect(chip_of(page)).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Control+Enter")
    saved(page)
    page = opened(visit("translator-es"), made)
    assert field(page, "with a").inner_text() == "pegado & <b>crudo</b>\notra"


def chip_of(page: Page):
    return segment(page, "with a").locator(".tl-chip")


def test_two_windows_on_one_segment(visit, made):
    visitor = visit("translator-es")
    visitor.expected_statuses.add(409)
    first, second = opened(visitor, made), opened(visit("translator-es"), made)
    write(second, "Bread for all.", "Pan para todos.")
    saved(second)
    field(first, "Bread for all.").click()
    first.keyboard.type("Pan de todos.")
    first.keyboard.press("Control+Enter")
    mine = segment(first, "Bread for all.")
    expect(mine.locator("[data-theirs]")).to_contain_text("Pan para todos.")
    expect(first.locator("[data-save-state]")).to_have_attribute("data-state", "refused")
    mine.locator("[data-theirs] button").first.click()
    saved(first)
    page = opened(visit("translator-es"), made)
    assert field(page, "Bread for all.").input_value() == "Pan de todos."


def test_without_a_connection_nothing_typed_is_lost(visit, made):
    visitor = visit("translator-es")
    visitor.expected_statuses.add(403)
    page = opened(visitor, made)
    visitor.context.set_offline(True)
    field(page, "Bread for all.").click()
    page.keyboard.type("Pan")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "failed")
    visitor.context.set_offline(False)
    saved(page)
    visitor.context.clear_cookies()
    field(page, "Bread for all.").click()
    page.keyboard.type(" para todos")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".tl-logged-out")).to_be_visible()
    assert field(page, "Bread for all.").input_value().endswith(" para todos")


def test_a_suggestion_is_taken_with_two_keys_and_a_comment_made(visit, made, demo_server):
    demo_server.run(REMEMBER)
    page = opened(visit("translator-es"), made)
    here = segment(page, "It lasted.")
    field(page, "It lasted.").click()
    expect(here.locator("[data-suggestions] li").first).to_contain_text("Duró mucho.")
    page.keyboard.press("Control+m")
    page.keyboard.press("1")
    expect(field(page, "It lasted.")).to_have_text("Duró mucho.")
    expect(here).to_have_attribute("data-state", "drafted")
    saved(page)
    here.locator('[data-panel="comments"]').click()
    here.locator("textarea[name=text]").fill("How long did it last?")
    here.locator("[data-opened] form button").click()
    expect(here.locator("[data-comments]")).to_have_text("1")
    expect(here.locator("[data-opened]")).to_contain_text("How long did it last?")
    check(page, "#tl")
