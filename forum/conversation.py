"""Posts as they are shown. The same post looks the same to all who may do the same with it, and is kept as such."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.dates import written_date
from cms.core.languages import direction
from forum.addresses import member_address, post_address, start
from forum.fragments import fragment
from forum.listing import language_name
from forum.models import Category, Topic
from forum.queries.facilitators import looks_after
from forum.queries.topics import PostRow, TranslationRow
from forum.rules import (
    MarkKind,
    Place,
    PostState,
    Standing,
    may_delete,
    may_edit,
    may_restore,
)
from forum.short_texts import is_behind

HUES = 8  # of the circles with initials: tokens.css has so many kinds


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a topic, and when. `reads`: languages, the one they would rather have first."""

    who: Standing
    reads: tuple[str, ...]
    now: datetime
    topic: Topic
    category: Category
    replies: bool = False  # may they answer here


class Permitted(NamedTuple):
    """What somebody may do with one post."""

    known: bool = False
    own: bool = False
    writes: bool = False
    reply: bool = False
    edit: bool = False
    delete: bool = False
    restore: bool = False


class ShownTranslation(NamedTuple):
    row: TranslationRow
    lang: str
    dir: str
    language_name: str
    behind: bool
    held: bool
    translator: str
    translator_url: str
    edit_url: str


class ShownMark(NamedTuple):
    kind: str
    label: str
    number: int
    given: bool


def mark_labels() -> dict[str, str]:
    return {
        MarkKind.AGREE: _("I agree"),
        MarkKind.THANKS: _("Thank you"),
        MarkKind.INSIGHT: _("That helps me see"),
    }


def permitted(post: PostRow, viewer: Viewer) -> Permitted:
    who, now, topic = viewer.who, viewer.now, viewer.topic
    if not who.known:
        return Permitted()
    place = Place(topic.category_id, topic.language, topic.state, topic.closed, post.language)
    minutes = viewer.category.edit_minutes
    return Permitted(
        known=True,
        own=post.author_id == who.user_id,
        writes=who.writes(now),
        reply=viewer.replies and post.state == PostState.PUBLISHED,
        edit=not may_edit(who, place, post.author_id, post.state, post.moment, minutes, now),
        delete=not may_delete(who, place, post.author_id, post.state, now),
        restore=not may_restore(who, place, post.author_id, post.state, post.deleted_by_author, now),
    )


def shown_post(
    post: PostRow, translations: Iterable[TranslationRow], mine: Iterable[str], viewer: Viewer
) -> SafeString:
    may = permitted(post, viewer)
    rows = tuple(translations)
    chosen = instead_of(post, rows, viewer.reads)
    facilitates = looks_after(post.author_id, viewer.category.pk)
    given = frozenset(mine)
    key = (
        *(post.pk, post.number, post.author_id, post.author, post.language, hash(post.html), len(post.html)),
        *(post.version, post.state, post.moment, post.edited_at, post.deleted_by_author),
        *(post.reply_to_id, post.reply_to_number, *sorted(post.marks.items())),
        tuple((*row[:3], hash(row.html), *row[4:]) for row in rows),
        chosen.pk if chosen else 0,
        *(may, given, facilitates, viewer.topic.pk),
    )
    return mark_safe(
        fragment(
            "forum/_post.html",
            key,
            lambda: {
                **post_context(post, rows, chosen, given, may, facilitates),
                "reply_url": f"{start()}t/{viewer.topic.pk}/reply/?to={post.pk}",
            },
        )
    )


def instead_of(
    post: PostRow, translations: Iterable[TranslationRow], reads: tuple[str, ...]
) -> TranslationRow | None:
    """The translation that somebody sees instead of the original, because they do not read that."""
    if post.language in reads:
        return None
    published = {row.language: row for row in translations if row.state == PostState.PUBLISHED}
    return next((published[code] for code in reads if code in published), None)


def post_context(
    post: PostRow,
    rows: tuple[TranslationRow, ...],
    chosen: TranslationRow | None,
    given: frozenset[str],
    may: Permitted,
    facilitates: bool,
) -> dict:
    language = get_language()
    base = f"{start()}p/{post.pk}/"
    others = [shown_translation(row, post, base) for row in rows if row is not chosen]
    return {
        "post": post,
        "anchor": f"post-{post.number}" if post.number else f"waiting-{post.pk}",
        "deleted": post.state == PostState.DELETED,
        "held": post.state == PostState.HELD,
        "author_url": member_address(post.author_id) if post.author_id else "",
        "initials": initials(post.author),
        "hue": (post.author_id or 0) % HUES,
        "facilitates": facilitates,
        "url": post_address(post.pk),
        "base": base,
        "lang": post.language,
        "dir": direction(post.language),
        "language_name": language_name(post.language),
        "foreign": post.language != language,
        **when(post.moment),
        "edited": when(post.edited_at) if post.edited_at else None,
        "reply_to_url": post_address(post.reply_to_id) if post.reply_to_id else "",
        "html": mark_safe(post.html),
        "chosen": shown_translation(chosen, post, base) if chosen else None,
        "translations": others,
        "marks": [
            ShownMark(kind, label, post.marks.get(kind, 0), kind in given)
            for kind, label in mark_labels().items()
        ],
        "bookmarked": MarkKind.BOOKMARK in given,
        "may": may,
    }


def shown_translation(row: TranslationRow, post: PostRow, base: str) -> ShownTranslation:
    return ShownTranslation(
        row=row._replace(html=mark_safe(row.html)),
        lang=row.language,
        dir=direction(row.language),
        language_name=language_name(row.language),
        behind=is_behind(post, row.post_version),
        held=row.state != PostState.PUBLISHED,
        translator=row.translator,
        translator_url=member_address(row.translator_id) if row.translator_id else "",
        edit_url=f"{base}translate/{row.language}/",
    )


def when(moment: datetime) -> dict:
    local = timezone.localtime(moment)
    return {
        "day": f"{written_date(local.date())}, {local:%H:%M}",
        "moment": local.isoformat(timespec="seconds"),
    }


def initials(name: str) -> str:
    """Of the first and the last word; "" for a former member."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return ""
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def languages_read(user, language: str) -> tuple[str, ...]:
    """Whoever is logged in says so in their profile; of others, it is the language of the address."""
    read = list(user.languages_read or ()) if user is not None else []
    if not read:
        return (language,)
    return tuple(sorted(read, key=lambda code: (code != language, read.index(code))))
