"""Tags for every template: addresses of static files, links from a text to pages, players of videos."""

import functools
import re
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import get_language
from wagtail.models import Page

from cms.core.blocks.scales import SCALES
from cms.core.visibility import visible_pages

register = template.Library()

# Players that neither set cookies nor follow the reader; the policy in `cms.core.security` allows these two.
PLAYERS = (
    (
        re.compile(r"^https?://(?:www\.|m\.)?(?:youtube\.com/watch\?(?:.*&)?v=|youtu\.be/)([\w-]{6,20})"),
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    (re.compile(r"^https?://(?:www\.)?vimeo\.com/(\d{4,12})"), "https://player.vimeo.com/video/{}?dnt=1"),
)


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


@register.filter
def player(address: str) -> str:
    """The address of a frame that plays the video, or "" where only a link can be given. Asks no network."""
    for pattern, frame in PLAYERS:
        if match := pattern.match(address or ""):
            return frame.format(match.group(1))
    return ""


@register.filter
def scale_label(code: str) -> str:
    """The name of a scale that a proposal speaks to; a code that is not known any more stays as it is."""
    return str(dict(SCALES).get(code, code))


@dataclass(frozen=True, slots=True)
class LinkedPage:
    title: str
    url: str
    lang: str
    kind: str
    kind_label: str


@register.filter
def linked_pages(pages) -> list[LinkedPage]:
    """What a text links to, in the visitor's language where it exists, else as it is. Two queries.

    A page that is not public (any more) in any language is left out.
    """
    chosen = [page for page in pages if page is not None]
    if not chosen:
        return []
    rows: dict[object, dict[str, Page]] = {}
    for row in (
        visible_pages(Page.objects.all(), None)
        .filter(translation_key__in={page.translation_key for page in chosen})
        .select_related("locale")
    ):
        rows.setdefault(row.translation_key, {})[row.locale.language_code] = row
    language = get_language()
    links = []
    for page in chosen:
        versions = rows.get(page.translation_key)
        if not versions:
            continue
        shown = versions.get(language) or next(
            (row for row in versions.values() if row.pk == page.pk), next(iter(versions.values()))
        )
        has_kind = bool(getattr(page, "kind", ""))
        links.append(
            LinkedPage(
                title=shown.title,
                url=shown.get_url() or "",
                lang=shown.locale.language_code,
                kind=page.kind if has_kind else "",
                kind_label=page.get_kind_display() if has_kind else "",
            )
        )
    return links
