"""Which site and which home page a request is for, without asking the database each time.

Wagtail looks up the site, the language and the root page for each request, in four queries. What it finds
depends on the site's settings and tree only, so it is kept until something changes. From the root page on it
goes down level by level, in two queries each; here the address is looked up as a whole. All serving with its
hooks is Wagtail's own.
"""

import copy
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from cms.core.languages import HomeRow, home_rows
from cms.core.page_cache.stamp import kept_until_change
from cms.core.prepared import Prepared


@kept_until_change
def sites() -> tuple[Site, ...]:
    return tuple(Site.objects.select_related("root_page"))


@kept_until_change
def roots() -> dict[tuple[int, str], HomeRow]:
    """The live home pages by site and language."""
    return {
        (site.pk, home.language): home
        for site in sites()
        for home in home_rows()
        if home.work == site.root_page.translation_key
    }


def site_for(hostname: str, port: str) -> Site | None:
    """The site Wagtail's `get_site_for_hostname` would choose, with the same order of preference."""
    candidates = [site for site in sites() if site.hostname == hostname or site.is_default_site]
    candidates.sort(key=lambda site: _preference(site, hostname, port))
    if not candidates:
        return None
    best = _preference(candidates[0], hostname, port)
    if len(candidates) == 1 or best in (0, 1):
        return candidates[0]
    if best == 2:
        return candidates[1] if len(candidates) == 2 else candidates[0]
    return None


def _preference(site: Site, hostname: str, port: str) -> int:
    if site.hostname == hostname:
        if str(site.port) == str(port):
            return 0
        return 1 if site.is_default_site else 3
    return 2


@cache
def _by_id(content_type: int) -> Prepared:
    """Pages of one type, as their own model, with their locale."""
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    return Prepared(lambda pk: model._default_manager.select_related("locale").filter(pk=pk.number))


# By the slug first, which has an index; the whole path then says which of the pages with that slug it is.
_BY_ADDRESS = Prepared(
    lambda slug, url_path: (
        Page.objects.live()
        .filter(slug=slug.text, url_path=url_path.text)
        .order_by()
        .values_list("pk", "content_type_id")
    )
)


def find(home: HomeRow, parts: list[str]) -> Page | None:
    """The live page at this path below a home page: what Wagtail finds by going down level by level.

    At most 2 queries at any depth. No page type here has a `route` of its own, which this would pass by.
    """
    found = [(home.pk, home.content_type)]
    if parts:
        found = _BY_ADDRESS.rows(parts[-1], f"{home.url_path}{'/'.join(parts)}/")
    for pk, content_type in found:
        return next(iter(_by_id(content_type).instances(pk)), None)
    return None


def serve(request: HttpRequest, path: str = "") -> HttpResponse:
    """Serve a page of the tree."""
    hostname = split_domain_port(request._get_raw_host())[0]
    site = site_for(hostname, request.get_port())
    home = roots().get((site.pk, get_language())) if site else None
    if site is not None and home is not None:
        # A copy: Wagtail keeps things on the objects it works with, and threads share these.
        request._wagtail_site = copy.copy(site)
        page = find(home, [part for part in path.split("/") if part])
        request._wagtail_route_for_request = page and RouteResult(page)
    return wagtail_serve(request, path)
