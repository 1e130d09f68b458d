"""Views to try the page cache with, before the site's own."""

import itertools

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Locale

from cms import urls
from cms.core.page_cache.decorators import personal_page, public_page
from cms.taxonomy.models import Theme

renderings = itertools.count(1)
PADDING = "<p>A line that compresses well.</p>" * 40


def themes(request):
    names = ", ".join(Theme.objects.order_by("pk").values_list("name", flat=True))
    response = HttpResponse(f"<h1>{names}</h1>{PADDING}")
    response.headers["X-Rendering"] = str(next(renderings))
    return response


@public_page
def with_cookie(request):
    response = themes(request)
    response.set_cookie("who", "you")
    return response


@public_page
def with_session(request):
    request.session.get("who")
    return themes(request)


@public_page
def missing(request):
    return HttpResponse("no", status=404)


@public_page
def streamed(request):
    return StreamingHttpResponse(iter([b"a"]))


@csrf_exempt
def publish(request):
    locale, _created = Locale.objects.get_or_create(language_code="en")
    Theme.objects.update_or_create(slug="shown", locale=locale, defaults={"name": request.POST["name"]})
    return HttpResponse("published")


urlpatterns = [
    path("public/", public_page(themes)),
    path("plain/", themes),
    path("personal/", personal_page(themes)),
    path("with-cookie/", with_cookie),
    path("with-session/", with_session),
    path("missing/", missing),
    path("streamed/", streamed),
    path("publish/", publish),
    *urls.urlpatterns,
]
