"""Somebody answers the open call; its editor reads and exports the answers, and nobody else does."""

import csv
import io
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e import places
from tests.e2e.mailbox import wait_for_mail

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_answer_the_call(visit, demo_server, javascript):
    mark = uuid4().hex[:8]
    address = f"reply-{mark}@example.org"
    visitor = visit(javascript=javascript)
    visitor.expected_statuses.add(422)
    page = visitor.open(places.document(places.OPEN_CALL))
    page.locator("main a[href$='/reply/']").first.click()
    page.get_by_label("Organisation").fill(f"Imaginary bakery {mark}")
    page.get_by_label("Your name").fill("Ida Invented")
    page.get_by_label("E-mail address").fill("not an address")
    page.locator("input[name=interests]").nth(1).check()
    page.get_by_label("Anything else").fill("Bread that lasts.")
    page.get_by_role("button", name="Send the answer").click()

    # Said at the top, at the fields, and nothing that was typed is lost.
    expect(page.locator("[data-error-summary] li")).to_have_count(2)
    expect(page.get_by_label("Organisation")).to_have_value(f"Imaginary bakery {mark}")
    expect(page.get_by_label("Anything else")).to_have_value("Bread that lasts.")
    expect(page.locator("input[name=interests]").nth(1)).to_be_checked()
    page.get_by_label("E-mail address").fill(address)
    page.locator("input[name=consent]").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("h1")).to_have_text("Your answer has arrived")

    mail = wait_for_mail(demo_server.mail, address)
    assert f"Imaginary bakery {mark}" in mail.get_body(("plain",)).get_content()

    # Its editor finds it and takes it away as a table.
    editor = visit("editor")
    answers = answers_address(demo_server)
    page = editor.open(answers)
    expect(page.get_by_role("heading", name=f"Imaginary bakery {mark}")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as a table (CSV)").click()
    table = download.value.path().read_text(encoding="utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(table)) if address in row.values()]
    assert len(rows) == 1

    # Nobody else: not an author, not a visitor, not by the export's address.
    author = visit("author")
    for path in (answers, answers.rstrip("/") + ".csv"):
        author.open(path, status=403)
        assert address not in author.page.content()
    stranger = visit()
    stranger.open(answers)
    assert "/accounts/login/" in stranger.page.url


def answers_address(server) -> str:
    return f"/admin/calls/{places.number_of(server, places.OPEN_CALL)}/replies/"


def test_the_closed_call_says_so_and_has_no_form(visit):
    visitor = visit()
    page = visitor.open(f"{places.document('ci-inees-2006')}reply/", status=410)
    expect(page.locator("main form")).to_have_count(0)
    assert "2006" in visitor.text()
