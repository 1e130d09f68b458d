"""axe without findings, nothing wider than a phone, and no complaint of the browser, on every type of page.

A page is loaded once for each person and looked at on a phone and on a desk, in light and in dark.
"""

import re
from urllib.parse import urlsplit

import pytest

from tests.e2e import places
from tests.e2e.browser import PHONE
from tests.e2e.looking import check
from tests.e2e.web import Reader

READERS_PAGES = {
    "home": "/en/",
    "library": "/en/library/",
    "library, filtered": "/en/library/?type=if&theme=local-development",
    "library, nothing found": "/en/library/?type=nl&territory=india",
    "library, filter unknown": "/en/library/?theme=no-such-theme",
    **{name: places.document(key) for name, key in places.DOCUMENTS.items()},
    "closed call": places.document("ci-inees-2006"),
    "document in Spanish": places.document("ap-workshop-7-conclusions", "es"),
    "grid": "/en/library/grid/",
    "map": "/en/library/map/",
    "events": "/en/events/",
    "newsletter": "/en/newsletter/",
    "collections": "/en/collections/",
    "collection": places.collection("european"),
    "glossary": "/en/glossary/",
    "term": "/en/glossary/solidarity-economy/",
    "bibliography": "/en/bibliography/",
    "work": "/en/bibliography/poirier-assefa/",
    "people": "/en/people/",
    "person": "/en/people/yvon-poirier/",
    "organisations": "/en/organisations/",
    "organisation": "/en/organisations/pactes-locaux/",
    "territories": "/en/territories/",
    "territory": "/en/territories/france/",
    "themes": "/en/themes/",
    "theme": "/en/themes/local-development/",
    "search": "/en/search/?q=solidarity",
    "search, nothing found": "/en/search/?q=zzzzzz",
    "plain page": places.plain_page("method"),
    "log-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "password reset": "/accounts/password/reset/",
    "reply form": f"{places.document(places.OPEN_CALL)}reply/",
}
AUTHORS_PAGES = {
    "desk": "/en/me/",
    "settings": "/en/me/settings/",
    "notifications": "/en/me/notifications/",
    "what I am told of": "/en/me/notifications/settings/",
    "e-mail addresses": "/accounts/email/",
    "password": "/accounts/password/change/",
    "second step": "/accounts/2fa/",
}


@pytest.mark.browser
@pytest.mark.parametrize("name", READERS_PAGES)
def test_page_for_readers(name, visit):
    visitor = visit(width=PHONE)
    visitor.open(READERS_PAGES[name])
    check(visitor.page)


@pytest.mark.browser
def test_grid_with_six_cases(visit, demo_server):
    codes = grid_codes(demo_server)[:6]
    visitor = visit(width=PHONE)
    visitor.open("/en/library/grid/?" + "&".join(f"case={code}" for code in codes))
    assert visitor.page.locator(".matrix").get_attribute("data-cases") == "6"
    check(visitor.page)


@pytest.mark.browser
def test_page_that_lists_languages(visit, demo_server):
    key = places.document_without("es")
    visitor = visit(width=PHONE)
    visitor.open(places.document(key))
    visitor.open(visitor.page.locator(".switcher a[data-state=missing]").first.get_attribute("href"))
    check(visitor.page)


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/en/no-such-page/", "/fr/library/no-such-document/"])
def test_page_not_found(path, visit):
    visitor = visit(width=PHONE)
    visitor.open(path, status=404)
    check(visitor.page)


@pytest.mark.browser
@pytest.mark.parametrize("name", AUTHORS_PAGES)
def test_page_for_authors(name, visit):
    visitor = visit("author", width=PHONE)
    visitor.open(AUTHORS_PAGES[name])
    check(visitor.page)


@pytest.mark.browser
def test_forms_with_errors(visit):
    visitor = visit(width=PHONE)
    visitor.open(f"{places.document(places.OPEN_CALL)}reply/")
    visitor.expected_statuses.add(422)
    visitor.page.click("main form button[type=submit]")
    visitor.page.wait_for_selector("[data-error-summary]")
    check(visitor.page)


def grid_codes(server) -> list[str]:
    reader = Reader(urlsplit(server.base_url).netloc)
    found = re.findall(r'name="case" value="([^"]+)"', reader.get("/en/library/grid/").text)
    reader.close()
    assert len(found) >= 6
    return found
