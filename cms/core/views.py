"""The site's front door."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from cms.core.languages import best_language
from cms.core.page_cache.decorators import public_page


def front_door(request: HttpRequest) -> HttpResponse:
    """`/` leads to the home page in the visitor's language."""
    response = HttpResponseRedirect(f"/{best_language(request)}/")
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Cache-Control"] = "private, max-age=0"
    return response


@public_page
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What crawlers may fetch (RFC 9309): not the editing screens, nor every combination of filters."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /*/library/?",
        "Disallow: /*/library/map/?",
        "Disallow: /*/library/grid/?",
        # Any two versions can be compared, and every choice of changes has an address.
        "Disallow: /*/wiki/*/compare/",
        "Disallow: /*/wiki/*/history/?",
        "Disallow: /*/wiki/*/request-translation/",
        "Disallow: /*/wiki/*/watch/",
        "Disallow: /*/wiki/changes/?",
        # Every choice of topics; what is done to posts.
        "Disallow: /*/forum/?",
        "Disallow: /*/forum/*/?list=",
        "Disallow: /*/forum/*/?language=",
        "Disallow: /*/forum/new/",
        "Disallow: /*/forum/*/new/",
        "Disallow: /*/forum/about/",
        "Disallow: /*/forum/p/",
        "Disallow: /*/search/",
        "Disallow: /*/me/",
        "Disallow: /notifications/",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
