"""The measure: a Django view that renders a template of 30 rows, without database and without middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.template import engines
from django.urls import path

ROWS = [{"number": number, "title": f"Row {number}", "url": f"/rows/{number}/"} for number in range(30)]
SOURCE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><ul>
{% for row in rows %}<li><a href="{{ row.url }}">{{ row.title }}</a> <span>{{ row.number }}</span></li>
{% endfor %}</ul></body></html>
"""


def view(request):
    return HttpResponse(TEMPLATE.render({"title": "Thirty rows", "rows": ROWS}, request))


urlpatterns = [path("", view)]
settings.configure(
    SECRET_KEY="bare",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
application = get_wsgi_application()
TEMPLATE = engines["django"].from_string(SOURCE)
