"""The page cache: answers anonymous readers before anything else is asked. First in `MIDDLEWARE`.

It keeps what views mark `Cache-Control: public` (see `decorators.public_page`), for the shared stamp read
*before* rendering: a page rendered while something is being published is then never taken for a new one.
"""

import time
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone

from .decorators import SHARED
from .moments import next_moment
from .pending import uncommitted
from .personal import is_personal
from .stamp import read_stamp, stamp_for_request
from .store import KeptPage, Memory, Renderings, Shared, compressed, content_etag

MAX_AGE = 300  # seconds a page is kept at most, whatever happens
MAX_ADDRESS = 1024  # characters of path and query; longer ones are rendered each time
MAX_PAGE = 2 * 1024 * 1024  # bytes
NOT_KEPT = {"connection", "content-encoding", "content-length", "date", "etag", "set-cookie", "vary"}


class PageCacheMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.memory = Memory(settings.PAGE_CACHE_BYTES)
        self.shared = Shared()
        self.renderings = Renderings()
        # Set only by the benchmark's settings: a request header that asks for the page to be rendered.
        self.bypass_header = getattr(settings, "PAGE_CACHE_BYPASS_HEADER", "")
        # While the code and the templates are being worked on, a kept page would hide the change.
        self.on = bool(settings.PAGE_CACHE_BYTES) and not settings.DEBUG

    def __call__(self, request):
        stamp = read_stamp()
        key = self.key(request) if stamp else None
        if key is None:
            with stamp_for_request(stamp):
                return self.finished(request, self.get_response(request))
        page = self.memory.get(key, stamp)
        if page is None:
            page = self.shared.get(key, stamp)
            if page is None:
                return self.rendered(request, key, stamp)
            self.memory.put(key, stamp, page)
        return answer(request, page)

    def key(self, request: HttpRequest) -> str | None:
        """What tells this page from all others; None where no kept page may answer."""
        meta = request.META
        if not self.on or request.method not in {"GET", "HEAD"}:
            return None
        # Wagtail's previews run through the middleware under the page's own address.
        if getattr(request, "is_dummy", False) or "HTTP_AUTHORIZATION" in meta:
            return None
        if self.bypass_header and self.bypass_header in meta:
            return None
        if settings.SESSION_COOKIE_NAME in meta.get("HTTP_COOKIE", "") and is_personal(request.path):
            return None
        query = meta.get("QUERY_STRING", "")
        if len(request.path) + len(query) > MAX_ADDRESS or uncommitted():
            return None
        if "&" in query:
            # By name only: the order of one name's values can matter.
            query = "&".join(sorted(query.split("&"), key=lambda part: part.partition("=")[0]))
        host = meta.get("HTTP_HOST", "")[:255]
        return f"{request.scheme} {host} {request.path}?{query}"

    def rendered(self, request: HttpRequest, key: str, stamp: str) -> HttpResponse:
        alone = False
        if self.memory.was_public(key):
            alone = self.renderings.begin(key)
            if not alone and (page := self.memory.get(key, stamp)):
                return answer(request, page)
        try:
            with stamp_for_request(stamp):
                expires = next_expiry()
                response = self.get_response(request)
            page = kept_page(request, response, expires)
            if page is None:
                return response
            # A view may leave the text out for HEAD; and what is out of date already is not worth keeping.
            if request.method == "GET" and read_stamp() == stamp:
                self.memory.put(key, stamp, page)
                self.shared.put(key, stamp, page)
            return answer(request, page)
        finally:
            if alone:
                self.renderings.end(key)

    def finished(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """A page that is not kept still gets its validator."""
        if request.method in {"GET", "HEAD"} and (page := kept_page(request, response, 0)):
            return answer(request, page)
        return response


def next_expiry() -> float:
    """Until when a page rendered from now on may be shown, in epoch seconds."""
    latest = timezone.now() + timedelta(seconds=MAX_AGE)
    return min(latest, next_moment()).timestamp()


def kept_page(request: HttpRequest, response: HttpResponse, expires: float) -> KeptPage | None:
    """The answer as it can be kept, or None if it is not the same for everyone."""
    control = words(response, "Cache-Control")
    if response.status_code != 200 or response.streaming or "public" not in control:
        return None
    if "private" in control or "no-store" in control:
        return None
    vary = words(response, "Vary")
    if response.cookies or "cookie" in vary or "*" in vary:
        # Something personal got into a page meant for everyone. Neither we nor a proxy may keep it.
        response.headers["Cache-Control"] = "private, no-store"
        return None
    if vary - {"accept-encoding"} or "Content-Encoding" in response.headers:
        return None
    body = response.content
    if len(body) > MAX_PAGE:
        return None
    headers = tuple((name, value) for name, value in response.headers.items() if name.lower() not in NOT_KEPT)
    # A page that will not be kept (it has expired already) is compressed only for those who ask.
    wanted = expires > time.time() or accepts_gzip(request)
    gzipped = compressed(body, response.headers.get("Content-Type", "")) if wanted else None
    return KeptPage(body, gzipped, content_etag(body), headers, expires)


def words(response: HttpResponse, header: str) -> set[str]:
    return {word.strip().lower() for word in response.headers.get(header, "").split(",") if word.strip()}


def accepts_gzip(request: HttpRequest) -> bool:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    if "gzip" not in accepted:
        return False
    for part in accepted.split(","):
        coding, _, weight = part.partition(";")
        if coding.strip().lower() == "gzip":
            return weight.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    """The kept page as this reader asked for it: whole, compressed, its headers only, or unchanged (304)."""
    body, etag = page.body, f'"{page.etag}"'
    zipped = page.gzipped is not None and accepts_gzip(request)
    if zipped and page.gzipped is not None:
        body, etag = page.gzipped, f'"{page.etag}-gz"'
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if known and names_etag(known, etag):
        response: HttpResponse = HttpResponseNotModified()
        response.headers["Cache-Control"] = SHARED
    else:
        response = HttpResponse(b"" if request.method == "HEAD" else body)
        for name, value in page.headers:
            response.headers[name] = value
        response.headers["Content-Length"] = str(len(body))
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
    response.headers["Vary"] = "Accept-Encoding"
    return response


def names_etag(known: str, etag: str) -> bool:
    """`If-None-Match` compares weakly (RFC 9110 §13.1.2): a proxy may have made the validator weak."""
    if known.strip() == "*":
        return True
    return any(part.strip().removeprefix("W/") == etag for part in known[:4000].split(","))
