"""An author's journey: log in, desk, a new initiative file, preview, submission; no way past the moderators."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e import places
from tests.e2e.server import PASSWORD
from tests.e2e.writing import submit, to_submitting, write

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("login", ["author", "author@example.org"])
def test_log_in_by_user_name_or_e_mail_address(visit, login):
    visitor = visit()
    page = visitor.open(places.document("if-assefa"))
    page.locator(".account").get_by_role("link", name="Log in").click()
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    # Back to where they were, and the page knows them now.
    page.wait_for_url(f"**{places.document('if-assefa')}")
    expect(page.locator(".account")).to_contain_text("Author of the demo")


def test_write_preview_and_submit_a_document(visit):
    title = f"The bread oven of Nowhere {uuid4().hex[:6]}"
    visitor = visit("author")
    visitor.expected_statuses.add(400)  # the editor saves by itself, and is told what is still missing
    page = visitor.open("/en/me/")
    page.locator(".add-list").get_by_role("link", name="initiative file").click()

    # The editor explains itself.
    expect(page.get_by_text("An initiative file is a short record of one initiative")).to_be_visible()
    expect(page.get_by_text("The situation it answers.")).to_be_visible()

    page.locator("[name=title]").fill(title)
    page.locator("[name=summary]").fill("Neighbours bake together, once a week.")
    write(page, carried_by="Twelve households")
    page.get_by_role("button", name="Save draft").first.click()
    page.wait_for_url("**/admin/pages/*/edit/")
    number = page.url.split("/pages/")[1].split("/")[0]
    expect(page.locator("[name=title]")).to_have_value(title)
    slug = page.locator("[name=slug]").input_value()

    # There is no button to publish, and the address that would do it refuses.
    expect(page.locator("[name=action-publish]")).to_have_count(0)

    preview = visitor.open(f"/admin/pages/{number}/view_draft/")
    expect(preview.locator("h1")).to_have_text(title)
    expect(preview.locator("main")).to_contain_text("Twelve households")

    # A reader does not see the draft, wherever they look.
    assert_unseen(visit, slug, title)

    page = visitor.open(f"/admin/pages/{number}/edit/")

    # What was changed is summed up before it is handed in.
    to_submitting(page)
    expect(page.get_by_text("A new page: nothing of it is public yet.")).to_be_visible()
    submit(page, "A first text on the oven")
    assert_unseen(visit, slug, title)

    page = visitor.open("/en/me/")
    mine = page.locator(".desk-list li", has_text=title)
    expect(mine.locator(".where [data-state]")).to_have_text("With the editors")
    expect(mine.locator(".receipt")).to_contain_text("Nothing is asked of you")


def assert_unseen(visit, slug: str, title: str) -> None:
    reader = visit()
    reader.open(f"/en/library/{slug}/", status=404)
    reader.open("/en/library/?type=if")
    assert title not in reader.text()
    reader.open(f"/en/search/?q={title}")
    assert title not in "".join(reader.page.locator("main h3").all_inner_texts())


def test_an_author_cannot_publish_by_address(visit, demo_server):
    visitor = visit("author")
    key = "if-assefa"
    number = places.number_of(demo_server, key)
    visitor.expected_statuses.update({302, 403})
    answer = visitor.page.request.get(f"/admin/pages/{number}/unpublish/", max_redirects=0)
    assert answer.status in {302, 403}
    reader = visit()
    reader.open(places.document(key))
