"""What every template may use, without a query."""

from django.conf import settings
from django.http import HttpRequest

from cms.core.languages import open_language_codes


def site(request: HttpRequest) -> dict:
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "base_url": settings.BASE_URL,
        "open_languages": [(code, settings.LANGUAGE_NAMES[code]) for code in open_language_codes()],
        "demo": settings.DEMO,
    }
