"""What the pages under /accounts/ show besides their own: their addresses carry no language."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from cms.core.alternates import Alternate
from cms.core.languages import open_language_codes


def accounts(request: HttpRequest) -> dict:
    match = getattr(request, "resolver_match", None)
    if match is None or not (match.route or "").startswith("accounts/"):
        return {}
    current = translation.get_language()
    query = urlencode({"next": request.get_full_path()})
    return {
        "noindex": True,
        "alternates": [
            Alternate(
                code,
                settings.LANGUAGE_NAMES[code],
                f"{reverse('accounts_language', args=[code])}?{query}",
                "current" if code == current else "live",
            )
            for code in open_language_codes()
        ],
    }
