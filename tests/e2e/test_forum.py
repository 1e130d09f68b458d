"""Whole journeys through the forum: a first post that waits, a quotation, a translation; with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.talking import begin, field_of, say

pytestmark = pytest.mark.browser


def read_by_anybody(reader, talk) -> list[str]:
    """The texts of all places where somebody without an account could come upon a post."""
    places = [talk.path, "/en/forum/", "/en/forum/e2e-neighbours/", "/en/forum/?language=en", "/sitemap.xml"]
    answers = [reader.get(path) for path in [*places, f"/en/search/?q={talk.mark}"]]
    assert {answer.status for answer in answers} == {200}
    return [answer.text for answer in answers]


def test_a_first_post_waits_is_published_and_quoted(visit, talk, reader):
    words = f"I am new, and I bake on {talk.mark} days."
    newcomer = visit(user=talk.newcomer)
    say(newcomer.open(talk.path), words)
    assert "waits for a facilitator" in newcomer.text(".post[data-waits]")
    assert not any(words in text for text in read_by_anybody(reader, talk))

    page = visit(user="facilitator").open("/en/forum/review/")
    row = page.locator(".review-row", has_text=words)
    row.get_by_role("button", name="Publish it").click()
    expect(page.locator(".review-row", has_text=words)).to_have_count(0)
    assert words in read_by_anybody(reader, talk)[0]

    another = visit(user="author")
    page = another.open(talk.path)
    post = page.locator(".post", has_text=words)
    post.get_by_role("link", name="Quote").click()
    field = page.locator("textarea[data-text]")
    expect(field).to_have_value(re.compile(r"^> \[#2\]\(/forum/p/\d+/\) \[@Nadia"))
    page.keyboard.type("Then come on Friday.")
    page.get_by_role("button", name="Send the reply").click()
    quoted = page.locator("#post-3 blockquote")
    expect(quoted).to_contain_text(words)
    quoted.get_by_role("link", name="#2").click()
    expect(page).to_have_url(re.compile(r"#post-2$"))


def test_everything_is_done_without_a_script(visit, talk):
    page = visit(user="author", javascript=False).open(talk.path)
    page.locator("textarea[name=text]").fill("Bread, *every* day.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview em")).to_have_text("every")
    page.locator(".attach summary").click()
    page.set_input_files(
        "input[type=file]", {"name": "recipe.txt", "mimeType": "text/plain", "buffer": b"Flour, water, salt."}
    )
    page.get_by_role("button", name="Attach these").click()
    page.get_by_role("button", name="Send the reply").click()
    post = page.locator("#post-2")
    expect(post.locator("em")).to_have_text("every")
    expect(post.get_by_role("link", name="recipe.txt")).to_be_visible()

    post.locator(".more summary").click()
    post.get_by_role("link", name="Edit").click()
    page.locator("textarea[name=text]").fill("Bread, every second day.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#post-2")).to_contain_text("every second day")
    page.locator("#post-2").get_by_role("link", name="edited").click()
    expect(page.locator("ins").first).to_contain_text("second")

    page.goto(talk.path)
    page.locator("#post-2 .more summary").click()
    page.locator("#post-2").get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#post-2")).to_contain_text("deleted by who wrote it")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("#post-2")).to_contain_text("every second day")


def test_a_translation_is_made_and_read_instead(visit, demo_server, reader):
    talk = begin(demo_server, "El horno abre los **viernes**.", "es")
    page = visit(user="translator-es").open(talk.path)
    post = page.locator("#post-1")
    post.locator(".more summary").click()
    post.get_by_role("link", name="Translate").click()
    page.get_by_role("link", name="English").last.click()
    expect(page.locator(".quoted-post")).to_contain_text("El horno abre")
    page.locator("textarea[data-text]").fill("The oven opens on **Fridays**.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview strong")).to_have_text("Fridays")
    page.get_by_role("button", name="Publish the translation").click()
    expect(page.locator("#post-1")).to_be_visible()

    english = visit().open(talk.path)
    expect(english.locator("#post-1 .post-text").first).to_have_text("The oven opens on Fridays.")
    original = english.locator("#post-1 .original")
    expect(original).to_be_hidden()
    english.locator("#post-1 .other-text summary").first.click()
    expect(original).to_contain_text("El horno abre")
    spanish = reader.get(talk.path.replace("/en/", "/es/"))
    assert spanish.text.index("El horno abre") < spanish.text.index("The oven opens")


def test_a_draft_goes_along_and_two_windows_are_told(visit, talk):
    visitor = visit(user="editor")
    visitor.expected_statuses.add(409)
    page = visitor.open(talk.path)
    field, state = "textarea[data-text]", "[data-state]"
    field_of(page).fill("Half a thought")
    expect(page.locator(state)).to_contain_text("Draft saved")
    other = visitor.context.new_page()
    other.goto(talk.path)
    expect(other.locator(field)).to_have_value("Half a thought")
    field_of(other).fill("Half a thought, and more")
    expect(other.locator(state)).to_contain_text("Draft saved")
    page.locator(field).fill("Half a thought, but otherwise")
    expect(page.locator(state)).to_contain_text("changed in another window")
    page.get_by_role("button", name="Take that text").click()
    expect(page.locator(field)).to_have_value("Half a thought, and more")
    page.get_by_role("button", name="Send the reply").click()
    expect(page.locator("#post-2")).to_contain_text("Half a thought, and more")
    expect(page.locator(field)).to_have_value("")


def test_what_is_typed_before_the_scripts_come_is_kept_too(visit, talk):
    visitor = visit(user="author")
    page, late = visitor.page, []
    page.route("**/js/forum-editor*", lambda route: late.append(route))
    with page.expect_request("**/js/forum-editor*"):
        page.goto(talk.path, wait_until="commit")
    page.locator("textarea[data-text]").fill("Typed in a hurry")
    late[0].continue_()
    expect(page.locator("[data-state]")).to_contain_text("Draft saved")
    page.unroute("**/js/forum-editor*")
    page.reload()
    expect(page.locator("textarea[data-text]")).to_have_value("Typed in a hurry")


def press_until(page, key: str, target) -> None:
    """Press a key, some times at most, until `target` has the focus."""
    expect(target).to_be_visible()
    for _each in range(80):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    expect(target).to_be_focused()


def test_a_post_is_written_with_the_keyboard_alone(visit, talk):
    page = visit(user="author").open(talk.path)
    keys, field = page.keyboard, field_of(page)
    tools = page.get_by_role("toolbar")
    press_until(page, "Tab", tools.get_by_role("button", name="Bold", exact=True))
    press_until(page, "ArrowRight", tools.get_by_role("button", name="Italic", exact=True))
    keys.press("Enter")
    expect(field).to_be_focused()
    keys.type("gently")
    expect(field).to_have_value("*gently*")
    keys.press("Control+a")
    keys.type("one two")
    keys.press("Shift+Home")
    keys.press("Control+b")
    expect(field).to_have_value("**one two**")
    keys.press("Control+b")
    expect(field).to_have_value("one two")
    keys.press("Control+b")
    keys.press("Control+End")

    keys.type(f"\n\nWood for {talk.mark}")
    keys.press("Shift+Tab")
    # The toolbar is one stop, and remembers where one was.
    expect(tools.get_by_role("button", name="Italic", exact=True)).to_be_focused()
    press_until(page, "ArrowRight", tools.get_by_role("button", name="Numbered list", exact=True))
    keys.press("Space")
    expect(field).to_have_value(f"**one two**\n\n1. Wood for {talk.mark}")
    keys.press("Control+End")

    keys.type("\n\nThanks @Faci")
    options = page.locator(".names").get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    keys.press("Escape")
    expect(options).to_have_count(0)
    keys.type("l")
    expect(options.first).to_have_attribute("aria-selected", "true")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(field).to_have_value(re.compile(r"Thanks \[@Facilitator of the demo\]\(/forum/m/\d+/\) $"))

    preview = page.get_by_role("button", name="Preview", exact=True)
    press_until(page, "Tab", preview)
    keys.press("Enter")
    expect(page.locator(".preview strong")).to_have_text("one two")
    expect(page.locator(".preview .mention")).to_have_text("@Facilitator of the demo")
    expect(preview).to_be_focused()
    press_until(page, "Shift+Tab", page.get_by_role("button", name="Send the reply"))
    keys.press("Enter")
    post = page.locator("#post-2")
    expect(post.locator("ol > li")).to_contain_text("Wood")
    expect(post.locator("strong")).to_have_text("one two")
    expect(post.locator(".mention")).to_have_text("@Facilitator of the demo")


def test_keys_send_a_post_from_within_its_text(visit, talk):
    page = visit(user="author").open(talk.path)
    field_of(page).focus()
    page.keyboard.type("Sent as it was typed.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#post-2")).to_contain_text("Sent as it was typed.")


def test_marks_are_given_in_place(visit, talk):
    page = visit(user="editor").open(talk.path)
    agree = page.locator("#post-1").get_by_role("button", name="I agree")
    agree.click()
    expect(agree).to_have_attribute("aria-pressed", "true")
    expect(agree).to_have_text(re.compile("1$"))
    page.reload()
    expect(agree).to_have_attribute("aria-pressed", "true")


def test_a_document_and_its_discussion(visit, demo_server):
    visitor = visit(user="author")
    page = visitor.open("/en/library/")
    page.locator(".card :is(h2, h3) a").first.click()
    title = page.locator("h1").inner_text()
    page.get_by_role("link", name="Discuss", exact=True).click()
    assert "/forum/" in visitor.path
    expect(page.locator("main")).to_contain_text(title)
