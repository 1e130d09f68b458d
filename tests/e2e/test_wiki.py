"""Whole journeys through the wiki: a text revised twice until it is public, a stale save, a reader's suggestion."""

import re
import time
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.e2e.looking import check
from tests.e2e.mailbox import PATIENCE, wait_for_mail
from tests.e2e.writing import (
    SUMMARY,
    approve,
    open_in_queue,
    publish,
    save,
    submit,
    to_submitting,
    write,
)

pytestmark = pytest.mark.browser
OURS = ".ancrage-wiki"


@pytest.fixture
def document(demo_server):
    return publish(demo_server)


def public_addresses(document) -> list[str]:
    """Where words of a document can be read by anyone."""
    return [
        document.path,
        document.history,
        f"/en/wiki/{document.number}/links/",
        f"/en/wiki/{document.number}/cite/",
        "/en/library/?type=if",
        "/en/wiki/changes/",
        "/en/wiki/changes.atom",
        f"/en/search/?q={document.mark}",
        "/sitemap.xml",
    ]


def assert_unread(reader, document, draft: str) -> None:
    """`draft` is part of a text that is not public: no answer holds it, and no search finds by it."""
    for path in public_addresses(document):
        answer = reader.get(path)
        assert answer.status == 200, path
        assert draft not in answer.text, path
    # The page repeats what was asked for; it lists nothing.
    assert document.path not in reader.get(f"/en/search/?q={quote(draft)}").text


def wait_until_found(reader, document, word: str) -> None:
    """The search finds a document once the worker has read what was published."""
    deadline = time.monotonic() + PATIENCE
    while document.path not in reader.get(f"/en/search/?q={word}").text:
        assert time.monotonic() < deadline, f"{word} does not find {document.path}"
        time.sleep(0.2)


def test_a_text_is_revised_until_it_is_published_and_everybody_sees_how(visit, document, reader):
    first, second = f"rye{document.mark}", f"spelt{document.mark}"
    wait_until_found(reader, document, document.mark)

    # The author comes from the public page.
    author = visit("author")
    page = author.open(document.path)
    page.get_by_role("link", name="Edit", exact=True).click()
    page.wait_for_url(f"**{document.editor}")
    write(page, summary=f"Neighbours bake {first} together.")
    to_submitting(page)
    expect(page.locator(".diff ins", has_text=first)).to_be_visible()
    check(page, within=OURS)
    submit(page, f"Which bread it is: {first}")
    assert_unread(reader, document, first)

    # The editor asks for more.
    editor = visit("editor")
    page = open_in_queue(editor, document)
    expect(page.locator(".diff ins", has_text=first)).to_be_visible()
    expect(page.locator("blockquote", has_text=f"Which bread it is: {first}")).to_be_visible()
    # The frame itself is loaded when somebody is about to see it, which a window in the background never is.
    own_window = page.get_by_role("link", name="Open the preview in a window of its own")
    expect(page.locator("iframe.ancrage-preview")).to_have_attribute("src", own_window.get_attribute("href"))
    with page.context.expect_page() as opened:
        own_window.click()
    expect(opened.value.locator("main")).to_contain_text(first)
    opened.value.close()
    page.get_by_label("Reason").fill(f"Please say also who may use it, {document.mark}.")
    page.get_by_role("button", name="Request changes").click()
    page.wait_for_url("**/admin/wiki/queue/")
    expect(page.get_by_role("link", name=document.title)).to_have_count(0)
    assert_unread(reader, document, first)

    # The author finds the reason on the desk and in the editor, revises, and submits again.
    page = author.open("/en/me/")
    mine = page.locator(".my-text", has_text=document.title)
    expect(mine.locator("blockquote")).to_contain_text("Please say also who may use it")
    mine.get_by_role("link", name="Go on writing").click()
    page.wait_for_url(f"**{document.editor}")
    expect(page.get_by_text("Please say also who may use it")).to_be_visible()
    expect(page.locator("[name=summary]")).to_have_value(f"Neighbours bake {first} together.")
    write(page, carried_by=f"Everybody, with {second}")
    to_submitting(page)
    submit(page, "Which bread, and who may use the oven")
    assert_unread(reader, document, first)
    assert_unread(reader, document, second)

    # Now the editor approves.
    page = open_in_queue(editor, document)
    expect(page.locator(".diff ins", has_text=second)).to_be_visible()
    approve(page)
    expect(page.locator(".messages")).to_contain_text("is published")

    # Readers see the new text, who wrote it and what for, and what changed.
    page = visit().open(document.path)
    expect(page.locator("main")).to_contain_text(first)
    expect(page.locator("main")).to_contain_text(second)
    page.get_by_role("link", name="History", exact=True).click()
    versions = page.locator(".versions > li")
    expect(versions).to_have_count(2)
    expect(versions.first).to_contain_text("Which bread, and who may use the oven")
    expect(versions.first).to_contain_text("Author of the demo")
    expect(versions.first).to_contain_text("addition")
    assert document.mark + "." not in page.content()  # the editor's reason is not for readers
    versions.first.get_by_role("link", name="compare with the one before").click()
    expect(page.locator(".diff ins", has_text=first)).to_be_visible()
    expect(page.locator(".diff ins", has_text=second)).to_be_visible()
    expect(page.locator(".diff del", has_text="Twelve households")).to_be_visible()
    for path in ("/en/wiki/changes/", "/en/wiki/changes.atom"):
        assert "Which bread, and who may use the oven" in reader.get(path).text
    wait_until_found(reader, document, first)


def test_two_people_save_the_same_page(visit, document):
    """Both began with the same text: the one who saves last chooses where they meet, and nothing is lost."""
    one, two = visit("editor"), visit("admin")
    two.expected_statuses.add(400)  # what the editor saves by itself is refused: another was first
    first, second = one.open(document.editor), two.open(document.editor)

    write(first, summary="Neighbours bake rye together.", carried_by="Thirteen households")
    save(first)
    expect(first.locator(".messages")).to_contain_text("has been updated")

    write(second, summary="Neighbours bake spelt together.", place="Nowhere")
    # Wagtail's own window may know already that somebody saved, and asks whether to go on.
    asked = second.locator("#w-save-confirmation-dialog, [role=dialog]").get_by_role(
        "button", name="Save draft"
    )
    second.add_locator_handler(asked, lambda button: button.click())
    save(second)
    expect(second.get_by_role("heading", name="Two texts, one page")).to_be_visible()
    second.remove_locator_handler(asked)
    expect(second.locator(".messages")).to_contain_text("Both texts are kept")

    # Only where both wrote is there something to choose; the rest is joined, and what nobody touched is no matter.
    choices = second.locator("fieldset.ancrage-choice")
    expect(choices).to_have_count(1)
    expect(choices).to_contain_text("Neighbours bake rye together.")
    expect(choices).to_contain_text("Neighbours bake spelt together.")
    expect(second.locator(OURS)).to_contain_text("One other change was joined with yours.")
    check(second, within=OURS)
    two.expected_statuses.add(422)
    second.get_by_role("button", name="Go on with this").click()
    expect(second.get_by_role("alert")).to_contain_text("Choose for every place")
    second.get_by_label("Keep mine").check()
    second.get_by_role("button", name="Go on with this").click()
    second.wait_for_url(f"**{document.editor}")

    expect(second.locator("[name=summary]")).to_have_value("Neighbours bake spelt together.")
    expect(second.locator("[name=carried_by]")).to_have_value("Thirteen households")
    expect(second.locator("[name=place]")).to_have_value("Nowhere")
    expect(second.locator("[name=context]")).to_have_value(re.compile("The oven is still there"))
    # The other's text stands as it was saved, and readers see neither.
    first = one.open(document.editor)
    expect(first.locator("[name=summary]")).to_have_value("Neighbours bake rye together.")
    expect(visit().open(document.path).locator("main")).to_contain_text(SUMMARY)


def test_an_author_saves_in_two_windows(visit, document):
    """The second window says what happened and keeps what was typed; nothing takes the other's place unasked."""
    one, two = visit("author"), visit("author")
    two.expected_statuses.add(400)
    first, second = one.open(document.editor), two.open(document.editor)
    write(first, summary="Neighbours bake rye together.")
    save(first)
    expect(first.locator(".messages")).to_contain_text("Your draft is saved")
    write(second, summary="Neighbours bake spelt together.")
    save(second)
    expect(second.locator(".messages")).to_contain_text("saved in another window")
    expect(second.locator("[name=summary]")).to_have_value("Neighbours bake spelt together.")
    with second.context.expect_page() as opened:
        second.locator(".messages").get_by_role("link", name="See the other one").click()
    expect(opened.value.locator(".diff ins", has_text="rye")).to_be_visible()
    opened.value.close()
    save(second)
    expect(second.locator(".messages")).to_contain_text("Your draft is saved")
    expect(one.open(document.editor).locator("[name=summary]")).to_have_value(
        "Neighbours bake spelt together."
    )


def test_a_readers_suggestion_becomes_a_version_that_names_them(visit, demo_server, document, reader):
    name = f"Ida Baker{document.mark}"  # no word of it stands in the title: the search would find by that one
    address = f"{document.mark}@example.org"
    page = visit().open(document.path)
    page.get_by_role("link", name="Suggest a correction").click()
    page.get_by_label("The passage it is about").fill(SUMMARY)
    page.get_by_label("What it should say, or what is wrong").fill("It is twice a week since spring.")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send the suggestion").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert_unread(reader, document, name)

    # The editor answers and works it in; as the demo's only editor they decide on it themselves, which is recorded.
    editor = visit("editor")
    page = open_in_queue(editor, document)
    expect(page.locator(OURS)).to_contain_text("It is twice a week since spring.")
    expect(page.locator(OURS)).to_contain_text(name)
    page.get_by_label("Answer").fill(f"Thank you for telling us of {document.mark}.")
    page.get_by_role("button", name="Work it into a text").click()
    page.wait_for_url(f"**{document.editor}")
    mail = wait_for_mail(demo_server.mail, address)
    assert f"Thank you for telling us of {document.mark}." in mail.get_body(("plain",)).get_content()
    write(page, summary="Neighbours bake together, twice a week.")
    to_submitting(page)
    submit(page, "Twice a week, as a reader says", "typo or wording")
    assert_unread(reader, document, name)
    page = open_in_queue(editor, document)
    expect(page.locator(".diff ins", has_text="twice")).to_be_visible()
    expect(page.locator(".ancrage-box").first).to_contain_text("You are the only one who can decide")
    approve(page)

    page = visit().open(document.path)
    expect(page.locator("main")).to_contain_text("Neighbours bake together, twice a week.")
    page.get_by_role("link", name="History", exact=True).click()
    newest = page.locator(".versions > li").first
    expect(newest).to_contain_text("Twice a week, as a reader says")
    expect(newest).to_contain_text(f"by {name} with Editor of the demo")
    expect(newest).to_contain_text("approved by its author, since no other editor could")
    assert address not in page.content()
