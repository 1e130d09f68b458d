"""Topics as rows of a list. A row is the same for everybody but for how far somebody has read."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cms.core.dates import written_date
from cms.core.languages import direction
from forum.addresses import category_address, topic_address
from forum.fragments import SLOT, fragment, in_slot
from forum.models import Category
from forum.models.topic import slug_of
from forum.queries.topic_lists import TopicRow
from forum.queries.unread import COUNTED
from forum.rules import Level


def shown_rows(rows: Iterable[TopicRow], named: Mapping[int, Category] | None = None) -> list[SafeString]:
    """`named`: the categories, where each row is to say its own."""
    return [shown_row(row, named[row.category_id] if named else None) for row in rows]


def shown_row(row: TopicRow, category: Category | None = None) -> SafeString:
    place = (category.slug, category.name) if category else ()
    key = (*row[: len(row) - len(Mine._fields)], *place)
    html = fragment("forum/_topic_row.html", key, lambda: row_context(row, category))
    mine = Mine(row.level, row.first_unread, row.unread, row.last_read)
    return mark_safe(in_slot(html, unread_mark(row, mine)))


class Mine(NamedTuple):
    level: int
    first_unread: int | None
    unread: int
    last_read: int


def row_context(row: TopicRow, category: Category | None) -> dict:
    local = timezone.localtime(row.bumped_at)
    slug = slug_of(row.title)
    replies = max(0, row.posts_count - 1)
    return {
        "slot": SLOT,
        "row": row,
        "url": topic_address(row.pk, slug),
        "last_url": topic_address(row.pk, slug, row.last_number),
        "lang": row.language if row.language != get_language() else "",
        "dir": direction(row.language),
        "language_name": language_name(row.language),
        "replies": replies,
        "replies_said": ngettext("%(number)s reply", "%(number)s replies", replies) % {"number": replies},
        "day": written_date(local.date()),
        "moment": local.isoformat(timespec="seconds"),
        "category": category,
        "category_url": category_address(category.slug) if category else "",
    }


def language_name(code: str) -> str:
    return settings.LANGUAGE_NAMES.get(code, code)


def unread_mark(row: TopicRow, mine: Mine) -> str:
    """The way to the first post they have not read; nothing where they have read all or never opened it."""
    followed = mine.level >= Level.TRACKING
    if mine.first_unread is None or not (followed or mine.last_read):
        return ""
    said = ngettext("%(number)s new post", "%(number)s new posts", mine.unread) % {"number": mine.unread}
    count = f"{COUNTED - 1}+" if mine.unread >= COUNTED else str(mine.unread)
    return format_html(
        ' <a class="unread" href="{}"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></a>',
        topic_address(row.pk, slug_of(row.title), mine.first_unread),
        count,
        _("%(number_of_posts)s: go to the first") % {"number_of_posts": said},
    )
