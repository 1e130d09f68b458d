"""The sitemap: every public page with its translations (sitemaps.org protocol, xhtml:link alternates)."""

from collections import defaultdict

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from cms.core.entries import public_rows
from cms.core.languages import open_language_codes
from cms.core.page_cache.decorators import public_page
from cms.core.visibility import visible_pages
from cms.reference.models import BibliographyEntry, GlossaryTerm
from cms.taxonomy.models import Organisation, Person, Territory, Theme
from forum.queries.sitemap import public_categories, public_topics

FIXED = [
    "initiatives:grid",
    "initiatives:map",
    "initiatives:events",
    "initiatives:newsletter",
    "taxonomy:person_list",
    "taxonomy:organisation_list",
    "taxonomy:territory_list",
    "taxonomy:theme_list",
    "reference:glossary",
    "reference:bibliography",
    "translations:languages",
    "forum:index",
]
ENTRIES = [
    (Person, "taxonomy:person"),
    (Organisation, "taxonomy:organisation"),
    (Territory, "taxonomy:territory"),
    (Theme, "taxonomy:theme"),
    (GlossaryTerm, "reference:term"),
]


class AlternatesSitemap(Sitemap):
    """Items are dicts of language code -> path, one per thing; each path comes with all its alternates."""

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict]:
        rows = []
        for versions, changed in self.paginator.page(page).object_list:
            alternates = [
                {"location": settings.BASE_URL + path, "lang_code": code} for code, path in versions.items()
            ]
            rows += [
                {
                    "location": settings.BASE_URL + path,
                    "lastmod": changed.get(code),
                    "alternates": alternates if len(alternates) > 1 else [],
                }
                for code, path in versions.items()
            ]
        return rows


class PageSitemap(AlternatesSitemap):
    def items(self) -> list:
        versions: dict = defaultdict(dict)
        changed: dict = defaultdict(dict)
        pages = visible_pages(Page.objects.filter(depth__gt=1), None).select_related("locale").order_by("pk")
        for page in pages.defer_streamfields():
            code = page.locale.language_code
            versions[page.translation_key][code] = page.get_url()
            changed[page.translation_key][code] = page.last_published_at
        return [(versions[key], changed[key]) for key in versions]


class FixedSitemap(AlternatesSitemap):
    """The site's own lists, and the shared entries: they answer in every open language."""

    def items(self) -> list:
        codes = open_language_codes()
        names: list[tuple[str, list]] = [(name, []) for name in FIXED]
        for model, name in ENTRIES:
            rows = public_rows(model.objects.all())
            slugs = rows.order_by("slug").values_list("slug", flat=True).distinct()
            names += [(name, [slug]) for slug in slugs]
        names += [
            ("reference:work", [slug])
            for slug in BibliographyEntry.objects.visible_to(None).values_list("slug", flat=True)
        ]
        names += [("forum:category", [slug]) for slug in public_categories()]
        found: list[tuple[dict, dict]] = []
        for name, arguments in names:
            paths = {}
            for code in codes:
                with translation.override(code):
                    paths[code] = reverse(name, args=arguments)
            found.append((paths, {}))
        return found


class ForumSitemap(Sitemap):
    """Each topic that anybody may read, once: in the language it was begun in."""

    def items(self) -> list:
        return public_topics()

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict]:
        return [
            {"location": settings.BASE_URL + item.url, "lastmod": item.changed, "alternates": []}
            for item in self.paginator.page(page).object_list
        ]


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": PageSitemap,
    "fixed": FixedSitemap,
    "forum": ForumSitemap,
}


@public_page
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    return sitemap(request, SITEMAPS).render()
