"""Which site and which home page a request is for, without asking the database each time.

Wagtail looks up the site, the language and the root page for each request, in four queries. What it finds
depends on the site's settings and tree only, so it is kept until something changes. Everything from the root
page on, and all serving with its hooks, is Wagtail's own.
"""

import copy
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.views import serve as wagtail_serve

from cms.core.page_cache.stamp import kept_until_change
from cms.core.prepared import Prepared


@kept_until_change
def sites() -> tuple[Site, ...]:
    return tuple(Site.objects.select_related("root_page"))


@kept_until_change
def roots() -> dict[tuple[int, str], tuple[int, int]]:
    """(id, content type) of the live home pages by site and language."""
    found = {}
    for site in sites():
        translations = Page.objects.live().filter(translation_key=site.root_page.translation_key)
        for pk, kind, code in translations.values_list("pk", "content_type_id", "locale__language_code"):
            found[site.pk, code] = (pk, kind)
    return found


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
    """Home pages, as their own model, with their locale."""
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    return Prepared(lambda pk: model._default_manager.select_related("locale").filter(pk=pk.number))


def serve(request: HttpRequest, path: str = "") -> HttpResponse:
    """Serve a page of the tree."""
    hostname = split_domain_port(request._get_raw_host())[0]
    site = site_for(hostname, request.get_port())
    root = roots().get((site.pk, get_language())) if site else None
    if site is not None and root is not None:
        # A copy: Wagtail keeps things on the objects it works with, and threads share these.
        request._wagtail_site = copy.copy(site)
        for page in _by_id(root[1]).instances(root[0]):
            try:
                route = page.route(request, [part for part in path.split("/") if part])
            except Http404:
                route = None
            request._wagtail_route_for_request = route
    return wagtail_serve(request, path)
