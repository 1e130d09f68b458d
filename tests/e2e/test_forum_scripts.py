"""The scripts of following, on a page made for them: what they tell the server, when they ask it, when they do not."""

from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path

import pytest
from playwright.sync_api import Route

pytestmark = pytest.mark.browser
SCRIPTS = Path(__file__).parents[2] / "cms" / "static" / "js"
HOST = "http://forum.test"
POSTS = "".join(
    f'<article id="post-{number}"><div style="height: 500px">Post {number}</div></article>'
    for number in range(1, 8)
)
MODULES = "".join(
    f'<script type="module" src="/js/forum-{name}.js"></script>' for name in ("following", "reading", "news")
)
PAGE = f"""<!doctype html><html lang="en"><head><title>x</title></head><body>
<form action="/follow/" method="post" data-forum-follow><input type="hidden" name="csrfmiddlewaretoken" value="T">
<select name="level"><option value="1" selected>Normal</option><option value="3">Watching</option></select>
<button>Save</button><p role="status"></p></form>
{POSTS}
<form action="/read/" method="post" data-forum-read><input type="hidden" name="csrfmiddlewaretoken" value="T">
<input type="hidden" name="number" value="7"><button>Read</button></form>
<div role="status" data-forum-news="/new-posts/" data-after="7"></div>
{MODULES}</body></html>"""
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@dataclass
class Server:
    """What the page asked for, and what it is answered."""

    sent: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # by path: fields of forms
    asked: list[str] = field(default_factory=list)  # If-None-Match of each question for new posts
    news: dict = field(default_factory=lambda: {"status": 204})
    followed: dict = field(default_factory=lambda: {"body": "Saved. As you chose."})

    def answer(self, route: Route) -> None:
        request = route.request
        path = request.url.removeprefix(HOST).partition("?")[0]
        if request.method == "POST":
            self.sent.setdefault(path, []).append(fields_of(request))
        if path.startswith("/js/"):
            route.fulfill(path=SCRIPTS / path.removeprefix("/js/"), content_type="text/javascript")
        elif path == "/new-posts/":
            self.asked.append(request.headers.get("if-none-match", ""))
            route.fulfill(**self.news)
        elif path == "/follow/":
            route.fulfill(**self.followed)
        elif path == "/read/":
            route.fulfill(status=204)
        else:
            route.fulfill(body=PAGE, content_type="text/html")


def fields_of(request) -> dict[str, str]:
    kind, body = request.headers.get("content-type", ""), request.post_data_buffer or b""
    if kind.startswith("multipart/"):
        parts = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body).get_payload()
        return {part.get_param("name", header="content-disposition"): part.get_payload() for part in parts}
    return dict(pair.split("=") for pair in body.decode().split("&") if pair)


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def page(chromium, server):
    context = chromium.new_context(viewport={"width": 900, "height": 600})
    context.route("**/*", server.answer)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.clock.install()
    page.goto(f"{HOST}/")
    yield page
    context.close()
    assert faults == []


def let_pass(page, seconds: float) -> None:
    """Time of the page's own clock, and what it set going."""
    page.clock.run_for(int(seconds * 1000))
    page.evaluate("() => 1")


def numbers(server) -> list[str]:
    return [each["number"] for each in server.sent.get("/read/", [])]


class TestReading:
    def scroll_to(self, page, number: int) -> None:
        page.evaluate("id => document.getElementById(id).scrollIntoView({ block: 'end' })", f"post-{number}")
        # The browser notices within two frames which ends are in view.
        page.evaluate("() => new Promise(done => queueMicrotask(done))")
        page.wait_for_function(
            "number => [...document.querySelectorAll('[data-ends]')].some(end => end.dataset.ends === number"
            " && end.getBoundingClientRect().top <= innerHeight)",
            arg=str(number),
        )
        let_pass(page, 0.2)

    def test_a_post_counts_once_its_end_was_looked_at(self, page, server):
        self.scroll_to(page, 2)
        let_pass(page, 0.3)
        assert numbers(server) == []
        with page.expect_response("**/read/"):
            let_pass(page, 6)
        assert numbers(server) == ["2"]
        assert server.sent["/read/"][0]["quiet"] == "1"
        assert server.sent["/read/"][0]["csrfmiddlewaretoken"] == "T"

    def test_going_back_up_tells_nothing(self, page, server):
        self.scroll_to(page, 4)
        with page.expect_response("**/read/"):
            let_pass(page, 6)
        self.scroll_to(page, 1)
        let_pass(page, 10)
        assert numbers(server) == ["4"]

    def test_what_was_seen_is_told_before_the_page_is_left(self, page, server):
        self.scroll_to(page, 3)
        let_pass(page, 1.5)  # looked at, but not told yet
        with page.expect_response("**/read/"):
            page.evaluate(HIDE, True)
        assert numbers(server) == ["3"]

    def test_nothing_is_read_in_a_page_that_is_not_looked_at(self, page, server):
        page.evaluate(HIDE, True)
        self.scroll_to(page, 5)
        let_pass(page, 20)
        assert numbers(server) == []
        page.evaluate(HIDE, False)
        with page.expect_response("**/read/"):
            let_pass(page, 6)
        assert numbers(server) == ["5"]

    def test_the_button_is_for_who_has_no_script(self, page):
        assert page.locator("[data-forum-read]").is_hidden()


class TestNews:
    def test_it_asks_more_seldom_where_nothing_happens(self, page, server):
        let_pass(page, 14)
        assert len(server.asked) == 0
        for _each in range(300):
            let_pass(page, 2)
        # Every 15 seconds it would have been 40 times in ten minutes; the pauses grow to three minutes.
        assert 5 <= len(server.asked) <= 12

    def test_what_is_new_is_said_once_in_a_status(self, page, server):
        server.news = {
            "status": 200,
            "body": '<a href="/forum/p/8/">1 new post</a>',
            "headers": {"ETag": 'W/"a"'},
        }
        let_pass(page, 16)
        status = page.get_by_role("status").filter(has_text="1 new post")
        status.wait_for()
        page.evaluate("() => { document.querySelector('[data-forum-news] a').dataset.same = 'yes' }")
        server.news = {"status": 304}
        let_pass(page, 60)
        assert server.asked[0] == ""
        assert set(server.asked[1:]) == {'W/"a"'}
        assert page.locator("[data-forum-news] a[data-same=yes]").count() == 1

    def test_a_page_that_is_not_looked_at_asks_nothing_and_asks_when_it_is_again(self, page, server):
        page.evaluate(HIDE, True)
        for _each in range(20):
            let_pass(page, 30)
        assert server.asked == []
        with page.expect_response("**/new-posts/**"):
            page.evaluate(HIDE, False)
        assert len(server.asked) == 1

    @pytest.mark.parametrize("status", [403, 404])
    def test_it_stops_where_there_is_nothing_for_us(self, page, server, status):
        server.news = {"status": status}
        for _each in range(60):
            let_pass(page, 10)
        assert len(server.asked) == 1

    def test_it_goes_on_after_a_fault_of_the_server(self, page, server):
        server.news = {"status": 503}
        for _each in range(20):
            let_pass(page, 10)
        assert 2 <= len(server.asked) <= 8


class TestLevels:
    def test_a_level_is_saved_when_it_is_chosen(self, page, server):
        assert page.get_by_role("button", name="Save").is_hidden()
        page.locator("select").select_option("3")
        page.get_by_role("status").filter(has_text="Saved. As you chose.").wait_for()
        assert server.sent["/follow/"] == [{"csrfmiddlewaretoken": "T", "level": "3"}]

    def test_where_that_fails_the_form_is_sent_as_without_a_script(self, page, server):
        server.followed = {"status": 500, "body": "<p>Sorry.</p>", "content_type": "text/html"}
        with page.expect_navigation():
            page.locator("select").select_option("3")
        assert len(server.sent["/follow/"]) == 2
