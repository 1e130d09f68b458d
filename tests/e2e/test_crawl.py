"""Every page of the demo that a link leads to, in three languages."""

import json
import re
from urllib.parse import urlsplit

import pytest

from tests.e2e.browser import DESK, PHONE, TABLET
from tests.e2e.crawling import LANGUAGES, Crawl, is_personal
from tests.e2e.web import Reader

HEAVIEST_PAGE = 60_000  # bytes: HTML, CSS and JavaScript as a browser is sent them
HEAVIEST_MAP = 62_000  # of which Leaflet is 39,000
FEWEST_PAGES = 600
FEWEST_KINDS = 25


@pytest.fixture(scope="module")
def site(demo_server):
    return Crawl(demo_server.base_url).run()


@pytest.fixture(scope="module")
def reader(demo_server):
    one = Reader(urlsplit(demo_server.base_url).netloc)
    yield one
    one.close()


def problems(pairs, limit=40) -> str:
    """What is wrong, one a line, for the message of a failure."""
    lines = [f"{path}: {what}" for path, what in pairs]
    return "\n".join(
        ["", *lines[:limit], *([f"… and {len(lines) - limit} more"] if len(lines) > limit else [])]
    )


def test_every_link_leads_somewhere(site):
    found = problems(
        (path, f"{answer.status}, linked from {site.found_on[path]}")
        for path, answer in site.answers.items()
        if answer.status not in {200, 301, 302}
    )
    assert not found, found
    assert len(site.pages) >= FEWEST_PAGES


def test_only_doors_and_old_addresses_redirect(site):
    found = problems(
        (path, f"redirects to {answer.location}, linked from {site.found_on[path]}")
        for path, answer in site.answers.items()
        if answer.status in {301, 302} and not is_personal(path)
    )
    assert not found, found


def test_every_picture_style_sheet_and_script_is_there(site):
    found = problems(
        (path, f"{file.status}, used by {site.found_on[path]}")
        for path, file in site.files.items()
        if file.status != 200 or not file.body
    )
    assert not found, found
    kinds = {path.rpartition(".")[2] for path in site.files}
    assert {"css", "js", "svg", "avif", "webp"} <= kinds


def test_every_page_says_its_language_and_direction(site):
    found = []
    for path, answer in site.pages.items():
        page, code = answer.page, path.split("/")[1]
        if code in LANGUAGES and page.lang != code:
            found.append((path, f"lang is {page.lang!r}"))
        if page.dir not in {"ltr", "rtl"}:
            found.append((path, f"dir is {page.dir!r}"))
    assert not found, problems(found)


def test_every_page_has_a_title_and_one_heading(site):
    found = problems(
        (path, f"title {answer.page.title!r}, {answer.page.h1} h1")
        for path, answer in site.pages.items()
        if answer.page.h1 != 1 or not answer.page.title.split("·")[0].strip()
    )
    assert not found, found


def test_pages_have_their_parts(site):
    """Anchors lead to something, ids are unique, pictures have an alternative, nothing is inline."""
    found = []
    for path, answer in site.pages.items():
        page = answer.page
        if missing := page.referred_ids - set(page.ids):
            found.append((path, f"no element with id {sorted(missing)}"))
        if twice := {one for one in page.ids if page.ids.count(one) > 1}:
            found.append((path, f"ids used twice: {sorted(twice)}"))
        if page.without_alt:
            found.append((path, f"no alt: {page.without_alt}"))
        if page.inline:
            found.append((path, f"inline: {sorted(set(page.inline))}"))
    assert not found, problems(found)


def test_linked_data_is_json(site):
    for path, answer in site.public_pages.items():
        for text in answer.page.linked_data:
            assert json.loads(text), path


def test_canonical_addresses_are_answered_and_name_themselves(site):
    found = []
    for path, answer in site.public_pages.items():
        page = answer.page
        if "noindex" in page.robots:
            continue
        canonical = page.internal(page.canonical, site.base_url)
        if canonical is None:
            found.append((path, f"canonical is {page.canonical!r}"))
        elif canonical not in site.pages:
            found.append((path, f"canonical {canonical} is not answered"))
        elif (again := site.pages[canonical].page.canonical) != page.canonical:
            found.append((path, f"canonical {canonical} has another canonical {again}"))
    assert not found, problems(found)


def test_alternates_are_answered_and_point_back(site):
    found, counted = [], 0
    for path, answer in site.public_pages.items():
        page = answer.page
        if page.alternates and page.alternates.get(page.lang) is None:
            found.append((path, "does not name itself among its languages"))
        for code, href in page.alternates.items():
            counted += 1
            target = page.internal(href, site.base_url)
            other = site.pages.get(target)
            if other is None:
                found.append((path, f"hreflang {code} leads to {href}, which is not answered"))
            elif other.page.lang != code:
                found.append((path, f"hreflang {code} leads to {href}, which is in {other.page.lang}"))
            elif other.page.alternates != page.alternates:
                found.append((path, f"hreflang {code} leads to {href}, which names other languages"))
    assert not found, problems(found)
    assert counted >= FEWEST_PAGES


def test_public_pages_are_the_same_for_everyone(site):
    found = []
    for path, answer in site.public_pages.items():
        control = answer.headers.get("Cache-Control", "")
        if "Set-Cookie" in answer.headers:
            found.append((path, "sets a cookie"))
        if "csrfmiddlewaretoken" in answer.text:
            found.append((path, "holds a form's token"))
        if "public" not in control or "must-revalidate" not in control:
            found.append((path, f"Cache-Control: {control}"))
        if not answer.headers.get("ETag"):
            found.append((path, "no ETag"))
        if "cookie" in answer.headers.get("Vary", "").lower():
            found.append((path, "varies by cookie"))
    assert not found, problems(found)


def test_a_page_that_has_not_changed_is_not_sent_again(site, reader):
    found = []
    for path in one_of_each_kind(site.public_pages):
        etag = reader.get(path).headers.get("ETag", "")
        again = reader.get(path, If_None_Match=etag)
        if again.status != 304 or again.body:
            found.append((path, f"{again.status} for a page already held"))
    assert not found, problems(found)


def test_pages_are_light(site, reader):
    found, weights, sizes = [], {}, {}
    for path, answer in site.pages.items():
        files = site.files_of(path)
        for file in files - set(sizes):
            sizes[file] = reader.size_for_browser(file)
        weight = answer.size + sum(sizes[file] for file in files)
        weights[kind_of_page(path)] = max(weight, weights.get(kind_of_page(path), 0))
        if weight > (HEAVIEST_MAP if "/library/map/" in path else HEAVIEST_PAGE):
            largest = sorted(files, key=lambda file: -sizes[file])[:3]
            largest = ", ".join(f"{file} {sizes[file]}" for file in largest)
            found.append((path, f"{weight} bytes: HTML {answer.size}, {largest}"))
    for kind, weight in sorted(weights.items(), key=lambda pair: -pair[1]):
        print(f"{weight:7} {kind}")
    assert not found, problems(found)


@pytest.mark.browser
@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_scroll_up_and_down_only(site, visit, code):
    """Of each kind of page the one with the longest title, which is the likeliest to stick out."""
    pages = {path: one for path, one in site.pages.items() if path.startswith(f"/{code}/")}
    by_title = sorted(pages, key=lambda path: len(pages[path].page.title), reverse=True)
    paths = one_of_each_kind(by_title)
    assert len(paths) >= FEWEST_KINDS
    visitor, found = visit(), []
    for path in paths:
        page = visitor.open(path)
        for width in (PHONE, TABLET, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            full = page.evaluate("document.scrollingElement.scrollWidth")
            if full > width:
                found.append((path, f"{full} wide in a window of {width}"))
    assert not found, problems(found)


def test_files_can_be_kept(site):
    """Style sheets and scripts carry a hash in their name: they need never be asked for again."""
    found = problems(
        (path, file.headers.get("Cache-Control"))
        for path, file in site.files.items()
        if path.startswith("/static/") and "immutable" not in file.headers.get("Cache-Control", "")
    )
    assert not found, found


def test_the_sitemap_names_every_page_and_each_is_answered(site, reader, demo_server):
    sitemap = reader.get("/sitemap.xml")
    assert sitemap.status == 200
    listed = re.findall(r"<loc>([^<]+)</loc>", sitemap.text)
    paths = {one.removeprefix(demo_server.base_url) for one in listed}
    assert len(paths) == len(listed)
    found = [(path, "in the sitemap, not linked") for path in paths - set(site.answers)]
    found += [
        (path, str(status))
        for path in paths
        if (status := (site.answers.get(path) or reader.get(path)).status) != 200
    ]
    wanted = {
        page.internal(page.canonical, site.base_url)
        for page in (answer.page for answer in site.public_pages.values())
        if "noindex" not in page.robots
    }
    found += [
        (path, "may be indexed, and is not in the sitemap")
        for path in wanted - paths
        if path and "?" not in path
    ]
    assert not found, problems(found)


def one_of_each_kind(paths) -> list[str]:
    kinds: dict[str, str] = {}
    for path in paths:
        kinds.setdefault(kind_of_page(path), path)
    return list(kinds.values())


def kind_of_page(path: str) -> str:
    """`/fr/people/jane/` -> `/people/…`; the query is named by its first word."""
    parts = urlsplit(path)
    words = parts.path.strip("/").split("/")[1:]
    kind = "/".join(["", *words[:1], *("…" for _ in words[1:])])
    return kind + (f"?{parts.query.split('=')[0]}" if parts.query else "")
