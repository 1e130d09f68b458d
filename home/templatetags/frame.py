from django import template
from django.utils.translation import get_language

from home.queries import Frame
from home.queries import site_frame as frame_in

register = template.Library()


@register.simple_tag
def site_frame() -> Frame:
    """Menu, ways in and foot in the language being shown. No query while the site does not change."""
    return frame_in(get_language() or "en")
