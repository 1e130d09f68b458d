"""The wiki's pages, as test_accessibility.py looks at others; of Wagtail's screens, the part that is ours."""

import re

import pytest

from tests.e2e import places
from tests.e2e.browser import PHONE
from tests.e2e.looking import check

pytestmark = pytest.mark.browser

# Documents with several versions, one for each language.
WITH_HISTORY = {"en": "if-ter-res", "fr": "lj-auvergne-2008", "es": "ap-workshop-7-conclusions"}
WAITING = "if-transition-towns"  # an author's text for it waits for the editors
SUGGESTED = "if-setf"  # a reader's suggestion for it waits
OF_A_PAGE = {"links": "links/", "cite": "cite/", "languages": "", "suggest": "suggest/"}
CHANGES = {
    "all": "/{}/wiki/changes/",
    "filtered": "/{}/wiki/changes/?significance=typo&type=if",
    "none": "/{}/wiki/changes/?type=ci&significance=substance",
    "filter unknown": "/{}/wiki/changes/?type=no-such-type",
}
# Our part of a screen of Wagtail's.
OURS = ".ancrage-wiki"
MODERATION = ".ancrage-moderation"


@pytest.mark.parametrize("code", WITH_HISTORY)
def test_history_a_version_and_what_it_changed(visit, demo_server, code):
    visitor = visit(width=PHONE)
    number = places.number_of(demo_server, WITH_HISTORY[code], code)
    history = f"/{code}/wiki/{number}/history/"
    page = visitor.open(history)
    check(page)
    page.locator("a.version-name").last.click()
    assert re.search(r"/revisions/\d+/$", visitor.path)
    check(page)
    page = visitor.open(history)
    page.locator(".versions a[href*='/compare/']").first.click()
    assert re.search(r"/compare/\d+/\d+/$", visitor.path)
    check(page)


@pytest.mark.parametrize("name", OF_A_PAGE)
def test_what_stands_beside_a_page(visit, demo_server, name):
    visitor = visit(width=PHONE)
    number = places.number_of(demo_server, WITH_HISTORY["en"])
    check(visitor.open(f"/en/wiki/{number}/{OF_A_PAGE[name]}"))


@pytest.mark.parametrize("name", CHANGES)
def test_recent_changes(visit, name):
    check(visit(width=PHONE).open(CHANGES[name].format("en")))


@pytest.mark.parametrize("code", ["fr", "es"])
def test_recent_changes_and_the_form_for_readers_in_other_languages(visit, demo_server, code):
    visitor = visit(width=PHONE)
    check(visitor.open(CHANGES["all"].format(code)))
    number = places.number_of(demo_server, WITH_HISTORY[code], code)
    check(visitor.open(f"/{code}/wiki/{number}/suggest/"))


def test_an_author(visit, demo_server):
    visitor = visit(width=PHONE)
    number = places.number_of(demo_server, WITH_HISTORY["en"])
    page = visitor.open(f"/en/wiki/{number}/history/")
    page.locator(".versions a[href*='/wiki/authors/']").first.click()
    assert re.search(r"/wiki/authors/\d+/$", visitor.path)
    check(page)


def test_the_form_for_readers_says_what_is_wrong(visit, demo_server):
    visitor = visit(width=PHONE)
    page = visitor.open(f"/en/wiki/{places.number_of(demo_server, WITH_HISTORY['en'])}/suggest/")
    visitor.expected_statuses.add(422)
    page.get_by_label("E-mail address").fill("not an address")
    page.get_by_role("button", name="Send the suggestion").click()
    page.wait_for_selector("[data-error-summary]")
    check(page)


def test_what_an_author_watches_and_has_submitted(visit):
    visitor = visit("author", width=PHONE)
    check(visitor.open("/en/wiki/watchlist/"))
    page = visitor.open("/en/me/")
    page.locator(".my-text").get_by_role("link", name=places.text_of(WAITING)["title"]).first.click()
    assert re.search(r"/wiki/submissions/\d+/$", visitor.path)
    check(page)


def test_a_member_may_not_edit_and_is_told_what_to_do(visit, demo_server):
    visitor = visit("member", width=PHONE)
    check(visitor.open(f"/en/wiki/{places.number_of(demo_server, WAITING)}/edit/", status=403))


def test_the_queue_and_a_text_to_decide_on(visit):
    visitor = visit("editor")
    page = visitor.open("/admin/wiki/queue/")
    check(page, within=MODERATION)
    page.locator("h3").get_by_role("link", name=places.text_of(WAITING)["title"]).first.click()
    page.wait_for_url("**/admin/wiki/submissions/*/")
    check(page, within=MODERATION)
    visitor.expected_statuses.add(422)
    page.get_by_role("button", name="Request changes").click()
    page.get_by_text("Nothing was decided yet").wait_for()
    check(page, within=MODERATION)


def test_a_suggestion_to_answer(visit):
    visitor = visit("editor")
    page = visitor.open("/admin/wiki/queue/")
    page.locator("h3").get_by_role("link", name=places.text_of(SUGGESTED)["title"]).first.click()
    page.wait_for_url("**/admin/wiki/suggestions/*/")
    check(page, within=OURS)


def test_protection_of_a_page(visit, demo_server):
    visitor = visit("editor")
    page = visitor.open(f"/admin/wiki/pages/{places.number_of(demo_server, WAITING)}/protection/")
    check(page, within=MODERATION)
    visitor.expected_statuses.add(422)
    page.get_by_label("editors only").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Nothing was changed yet").wait_for()
    check(page, within=MODERATION)


def test_broken_links(visit):
    check(visit("editor").open("/admin/wiki/broken-links/"), within=".nice-padding")
