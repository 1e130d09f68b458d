"""Tags for every template: addresses of static files."""

import functools

from django import template
from django.conf import settings
from django.templatetags.static import static

register = template.Library()


@functools.cache
def _kept_address(path: str) -> str:
    try:
        return static(path)
    except ValueError:
        # Not in the manifest (files not collected yet): the page is worth more than its decoration.
        return settings.STATIC_URL + path


@register.simple_tag
def asset(path: str) -> str:
    """Address of a static file. The manifest does not change while the server runs, so it is asked once."""
    return static(path) if settings.DEBUG else _kept_address(path)
