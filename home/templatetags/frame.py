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
def _kept_parts() -> dict[tuple[str, ...], SafeString]:
    return {}


@register.simple_tag
def kept_part(name: str) -> SafeString:
    """A part of the frame that is the same on every page of a language: rendered once after each change."""
    return _kept(name, get_language() or "en")


@register.simple_tag
def kept_menu(nav: str, path: str) -> SafeString:
    """The menu with its entry `nav` marked: as the page shown where `path` is that entry's own address."""
    language = get_language() or "en"
    here = path if any(path == entry.url for entry in frame_in(language).menu) else ""
    return _kept("components/menu.html", language, nav=nav, here=here)


def _kept(name: str, language: str, **marks: str) -> SafeString:
    parts = _kept_parts()
    key = (name, language, *marks.values())
    if key not in parts or settings.DEBUG:
        html = get_template(name).render({**site(HttpRequest()), "frame": frame_in(language), **marks})
        parts[key] = mark_safe(html.strip())
    return parts[key]
