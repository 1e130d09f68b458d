"""What the page cache keeps, for whom, and how it answers."""

import gzip
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from cms.core.page_cache import middleware, moments, pending
from cms.core.page_cache.store import KeptPage, Memory, Shared
from cms.taxonomy.models import Theme

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.toy_urls")]


@pytest.fixture(autouse=True)
def theme(db, monkeypatch):
    """As outside the test's own transaction: what is written is taken for committed at once."""
    monkeypatch.setattr(pending, "in_transaction", lambda connection: False)
    monkeypatch.setattr(moments, "_registered", [])
    locale, _ = Locale.objects.get_or_create(language_code="en")
    return Theme.objects.create(slug="shown", name="One", locale=locale)


def rendering(client, path="/public/", **headers):
    return client.get(path, headers=headers).headers["X-Rendering"]


def test_a_public_page_is_rendered_once(client, django_assert_num_queries):
    first = client.get("/public/")
    with django_assert_num_queries(0):
        second = client.get("/public/")
    assert second.content == first.content
    assert second.headers["X-Rendering"] == first.headers["X-Rendering"]
    assert second.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_another_process_finds_it_in_the_shared_cache(client):
    assert rendering(client) == rendering(
        Client()
    )  # another client builds its own middleware, with its memory


@pytest.mark.parametrize("path", ["/plain/", "/personal/", "/with-cookie/", "/with-session/"])
def test_other_pages_are_rendered_each_time(client, path):
    assert rendering(client, path) != rendering(client, path)


@pytest.mark.parametrize("path", ["/with-cookie/", "/with-session/"])
def test_a_public_page_that_turns_out_personal_is_not_kept_by_proxies_either(client, path):
    assert client.get(path).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/missing/", "/streamed/"])
def test_what_cannot_be_kept_passes_through(client, path):
    for _ in range(2):
        assert "ETag" not in client.get(path).headers


def test_a_change_is_shown_at_once(client, theme):
    before = client.get("/public/").content
    Theme.objects.update(name="Two")
    after = client.get("/public/").content
    assert b"One" in before
    assert b"Two" in after


def test_a_page_rendered_across_a_publication_is_not_taken_for_new(client, monkeypatch):
    """The reader's rendering reads the old name; the publication is over before the rendering is."""
    from tests.core import toy_urls

    original = toy_urls.themes.__globals__["PADDING"]

    class Publishing(str):
        def __format__(self, spec):
            monkeypatch.setitem(toy_urls.themes.__globals__, "PADDING", original)
            Theme.objects.update(name="Two")
            return original

    monkeypatch.setitem(toy_urls.themes.__globals__, "PADDING", Publishing())
    assert b"One" in client.get("/public/").content
    assert b"Two" in client.get("/public/").content


def test_the_order_of_the_query_does_not_matter_its_values_do(client):
    assert rendering(client, "/public/?a=1&b=2") == rendering(client, "/public/?b=2&a=1")
    assert rendering(client, "/public/?a=1&a=2") != rendering(client, "/public/?a=2&a=1")
    assert rendering(client, "/public/?a=1") != rendering(client, "/public/")


def test_hosts_are_kept_apart(client):
    assert rendering(client, host="a.example") != rendering(client, host="b.example")


def test_a_very_long_address_is_not_kept(client):
    path = "/public/?q=" + "x" * 2000
    assert rendering(client, path) != rendering(client, path)


def test_authorized_requests_and_posts_pass_by(client):
    assert rendering(client) != rendering(client, authorization="Basic eDp5")
    assert client.post("/public/").headers["X-Rendering"] != rendering(client)


def test_compressed_for_those_who_accept_it(client):
    plain = client.get("/public/")
    zipped = client.get("/public/", headers={"accept-encoding": "br, gzip;q=0.8"})
    refused = client.get("/public/", headers={"accept-encoding": "gzip;q=0, identity"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content == refused.content
    assert len(zipped.content) < len(plain.content) / 4
    assert plain.headers["Vary"] == zipped.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] != zipped.headers["ETag"]
    assert zipped.headers["Content-Length"] == str(len(zipped.content))


@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_a_conditional_request_gets_304_until_the_page_changes(client, encoding):
    def ask(**headers):
        return client.get("/public/", headers={"accept-encoding": encoding, **headers})

    etag = ask().headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = ask(if_none_match=known)
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", etag)
    assert ask(if_none_match='"other"').status_code == 200
    Theme.objects.update(name="Two")
    assert ask(if_none_match=etag).status_code == 200
    assert ask(if_none_match=etag).status_code == 200


def test_the_first_rendering_answers_304_too(client, settings):
    etag = client.get("/public/").headers["ETag"]
    settings.PAGE_CACHE_BYTES = 0
    assert Client().get("/public/", headers={"if-none-match": etag}).status_code == 304


def test_head_has_the_headers_of_get_and_no_text(client):
    head = client.head("/public/")
    page = client.get("/public/")
    again = client.head("/public/")
    assert again.headers["X-Rendering"] == page.headers["X-Rendering"] != head.headers["X-Rendering"]
    for answer in (head, again):
        assert answer.content == b""
        assert answer.headers["Content-Length"] == str(len(page.content))
        assert answer.headers["ETag"] == page.headers["ETag"]


def test_a_page_ends_when_its_moment_comes(client, monkeypatch):
    soon = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(moments, "_registered", [lambda: soon])
    monkeypatch.setattr(moments, "next_midnight", lambda now: now + timedelta(days=1))
    monkeypatch.setattr(moments, "_kept", [])
    monkeypatch.setattr(middleware, "MAX_AGE", 100_000)
    first = rendering(client)
    clock = [soon.timestamp() - 1]
    monkeypatch.setattr("cms.core.page_cache.store.time.time", lambda: clock[0])
    assert rendering(client) == first
    clock[0] += 2
    assert rendering(client) != first


def test_a_page_is_kept_for_some_minutes_at_most(client, monkeypatch):
    first = rendering(client)
    later = timezone.now().timestamp() + middleware.MAX_AGE + 1
    monkeypatch.setattr("cms.core.page_cache.store.time.time", lambda: later)
    assert rendering(client) != first


def test_the_bypass_exists_only_where_the_settings_name_its_header(client, settings):
    assert rendering(client, x_uncached="1") == rendering(client, x_uncached="1")
    settings.PAGE_CACHE_BYPASS_HEADER = "HTTP_X_UNCACHED"
    bench = Client()
    assert rendering(bench, x_uncached="1") != rendering(bench, x_uncached="1")


def test_a_lost_shared_cache_or_stamp_costs_speed_only(client, monkeypatch):
    from cms.core.page_cache import stamp, store

    class Lost:
        def __getattr__(self, name):
            raise ConnectionError

    monkeypatch.setattr(store, "caches", {store.CACHE: Lost()})
    assert rendering(client) == rendering(client)
    monkeypatch.setattr(stamp, "_stamp", lambda: Lost().read)
    assert rendering(client) != rendering(client)


class TestMemory:
    def page(self, size=1000):
        return KeptPage(b"x" * size, None, "e", (), 4e9)

    def test_a_flood_of_addresses_stays_within_the_limit(self):
        memory = Memory(50_000)
        for number in range(1000):
            memory.put(f"k{number}", "s", self.page())
            memory.get("k0", "s")
        assert memory.held <= 50_000
        assert len(memory.pages) == 20
        assert memory.get("k0", "s")  # asked for all the time
        assert not memory.get("k1", "s")

    def test_a_page_larger_than_all_is_not_kept(self):
        memory = Memory(500)
        memory.put("k", "s", self.page())
        assert memory.held == 0

    def test_a_new_stamp_empties_it_and_remembers_the_addresses(self):
        memory = Memory(50_000)
        memory.put("a", "s1", self.page())
        memory.put("b", "s2", self.page())
        assert (memory.get("a", "s2"), memory.get("a", "s1")) == (None, None)
        assert memory.get("b", "s2")
        assert [memory.was_public(key) for key in "abc"] == [True, True, False]
        assert memory.held == self.page().size

    def test_an_address_put_twice_counts_once(self):
        memory = Memory(50_000)
        memory.put("a", "s", self.page(10))
        memory.put("a", "s", self.page(20))
        assert memory.held == self.page(20).size


def test_one_rendering_at_a_time_for_a_known_page():
    """The second reader waits for the first rendering and gets its page."""
    from django.http import HttpResponse
    from django.test import RequestFactory

    started, go_on = threading.Event(), threading.Event()
    rendered = []

    def view(request):
        rendered.append(1)
        if len(rendered) == 2:
            started.set()
            assert go_on.wait(10)
        return HttpResponse("page", headers={"Cache-Control": "public"})

    pages = middleware.PageCacheMiddleware(view)
    factory = RequestFactory()
    pages(factory.get("/once/"))
    Theme.objects.update(name="Two")
    answers = []
    first = threading.Thread(target=lambda: answers.append(pages(factory.get("/once/"))))
    first.start()
    assert started.wait(10)
    second = threading.Thread(target=lambda: answers.append(pages(factory.get("/once/"))))
    second.start()
    go_on.set()
    first.join(10)
    second.join(10)
    assert [answer.content for answer in answers] == [b"page", b"page"]
    assert len(rendered) == 2


@pytest.mark.skipif(
    bool(settings.REDIS_URL), reason="Redis empties the whole database: files have a folder each"
)
def test_kept_pages_never_push_out_what_else_is_cached():
    """The counters of tries stand in the default cache: asking for thousands of addresses must not reset them."""
    Shared().put("an address", "stamp", KeptPage(b"text", None, "etag", (), time.time() + 60))
    caches["default"].clear()
    assert Shared().get("an address", "stamp") is not None
