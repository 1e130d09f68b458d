from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms.core.context import site
from cms.core.page_cache.stamp import kept_until_change
from home.queries import Frame
from home.queries import site_frame as frame_in

register = template.Library()


@register.simple_tag
def site_frame() -> Frame:
    """Menu, ways in and foot in the language being shown. No query while the site does not change."""
    return frame_in(get_language() or "en")


@kept_until_change
def _kept_parts() -> dict[tuple[str, str], SafeString]:
    return {}


@register.simple_tag
def kept_part(name: str) -> SafeString:
    """A part of the frame that is the same on every page of a language: rendered once after each change."""
    language = get_language() or "en"
    parts = _kept_parts()
    key = (name, language)
    if key not in parts or settings.DEBUG:
        html = get_template(name).render({**site(HttpRequest()), "frame": frame_in(language)})
        parts[key] = mark_safe(html.strip())
    return parts[key]
