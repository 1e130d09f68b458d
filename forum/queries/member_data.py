"""All that the forum holds of somebody, as plain values, section by section; each row is read when it is asked for.

What others said of them in confidence (who reported them, in which words; who wrote a note) is others': their name is
left out, what was decided is not.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings

from cms.notifications.models import Preference
from forum.addresses import post_address
from forum.models import (
    CategoryLevel,
    CoFacilitator,
    Draft,
    EarlierTranslation,
    LogEntry,
    Mark,
    Member,
    Post,
    PostFile,
    PostTranslation,
    PostVersion,
    Reading,
    Report,
    ReviewItem,
    Sanction,
    StaffNote,
    Topic,
)
from forum.queries.deciders import title_for

Row = dict[str, object]
AT_ONCE = 200
SMALL = 300  # rows: as many are put together while one waits


def said(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def place(post_id: int | None) -> str:
    return f"{settings.BASE_URL}{post_address(post_id)}" if post_id else ""


def size(user) -> int:
    """About how many rows there are."""
    models = ((Post, "author"), (Mark, "user"), (Reading, "user"), (PostTranslation, "translator"))
    return sum(model.objects.filter(**{key: user})[: SMALL + 1].count() for model, key in models)


def profile(user) -> Iterator[Row]:
    member = Member.objects.filter(pk=user.pk).first() or Member(user=user)
    yield {
        "user name": user.username,
        "display name": user.display_name,
        "e-mail address": user.email,
        "languages read": list(user.languages_read or ()),
        "languages written": list(user.languages_written or ()),
        "account made": said(user.date_joined),
        "trust": member.get_trust_display(),
        "posts kept": member.kept_posts,
        "posts taken away": member.removed_posts,
        "follows what they write": member.follows_what_they_write,
        "only languages read": member.only_languages_read,
        "silenced until": said(member.silenced_until),
        "suspended until": said(member.suspended_until),
        "looks after": [
            f"{row.category.slug} {row.language}".strip()
            for row in CoFacilitator.objects.filter(user=user).select_related("category")
        ],
        "told of": {
            row.kind: row.frequency for row in Preference.objects.filter(user=user, kind__startswith="forum-")
        },
    }


def posts(user) -> Iterator[Row]:
    """With their earlier texts. Three queries for two hundred of them."""
    last = 0
    while found := list(
        Post.objects.filter(author=user, pk__gt=last).select_related("topic").order_by("pk")[:AT_ONCE]
    ):
        last = found[-1].pk
        versions: dict[int, list[Row]] = {}
        for row in PostVersion.objects.filter(post__in=found).order_by("post_id", "version"):
            versions.setdefault(row.post_id, []).append(
                {
                    "version": row.version,
                    "text": row.source,
                    "language": row.language,
                    "written": said(row.written_at),
                }
            )
        files: dict[int | None, list[str]] = {}
        for file in PostFile.objects.filter(post__in=found):
            files.setdefault(file.post_id, []).append(file_name(file))
        for post in found:
            yield {
                "address": place(post.pk),
                "topic": title_for(user, post.topic),
                "number": post.number,
                "language": post.language,
                "text": post.source,
                "html": post.html,
                "state": post.state,
                "posted": said(post.created_at),
                "published": said(post.published_at),
                "edited": said(post.edited_at),
                "deleted": said(post.deleted_at),
                "answers": place(post.reply_to_id),
                "came": post.origin,
                "marks": post.marks,
                "earlier texts": versions.get(post.pk, []),
                "files": files.get(post.pk, []),
            }


def topics(user) -> Iterator[Row]:
    for topic in Topic.objects.filter(author=user).order_by("pk").iterator(AT_ONCE):
        yield {
            "number": topic.pk,
            "title": title_for(user, topic),
            "state": topic.state,
            "opened": said(topic.created_at),
        }


def translations(user) -> Iterator[Row]:
    for row in PostTranslation.objects.filter(translator=user).order_by("pk").iterator(AT_ONCE):
        yield {
            "of": place(row.post_id),
            "language": row.language,
            "text": row.source,
            "state": row.state,
            "written": said(row.written_at),
        }
    earlier = EarlierTranslation.objects.filter(translator=user).select_related("translation").order_by("pk")
    for before in earlier.iterator(AT_ONCE):
        yield {
            "of": place(before.translation.post_id),
            "language": before.translation.language,
            "text": before.source,
            "state": "improved since",
            "written": said(before.written_at),
        }


def marks(user) -> Iterator[Row]:
    for mark in Mark.objects.filter(user=user).order_by("pk").iterator(AT_ONCE):
        yield {"mark": mark.kind, "post": place(mark.post_id), "given": said(mark.created_at)}


def drafts(user) -> Iterator[Row]:
    for draft in Draft.objects.filter(user=user).order_by("pk").iterator(AT_ONCE):
        yield {"place": draft.key, "saved": said(draft.saved_at), **draft.data}


def readings(user) -> Iterator[Row]:
    """Titles only of topics that they may read now."""
    seen = Topic.objects.visible_to(user)
    last = 0
    while found := list(Reading.objects.filter(user=user, pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = found[-1].pk
        titles = dict(seen.filter(pk__in=[row.topic_id for row in found]).values_list("pk", "title"))
        for row in found:
            yield {
                "topic": row.topic_id,
                "title": titles.get(row.topic_id, ""),
                "read to": row.last_read,
                "when": said(row.read_at),
                "level": row.get_level_display() if row.level is not None else "",
                "why": row.get_reason_display() if row.reason else "",
            }


def levels(user) -> Iterator[Row]:
    for row in CategoryLevel.objects.filter(user=user).select_related("category").order_by("pk"):
        yield {"category": row.category.slug, "level": row.get_level_display()}


def reports(user) -> Iterator[Row]:
    for row in Report.objects.filter(reporter=user).select_related("item").order_by("pk").iterator(AT_ONCE):
        yield {
            "about": place(row.item.post_id) or "a member",
            "reason": row.get_reason_display(),
            "text": row.text,
            "made": said(row.created_at),
            "what became of it": row.item.get_state_display(),
        }


def decisions(user) -> Iterator[Row]:
    for item in ReviewItem.objects.filter(member=user).order_by("pk").iterator(AT_ONCE):
        yield {
            "about": place(item.post_id) or "you",
            "kind": item.get_kind_display(),
            "why": list(item.why),
            "since": said(item.created_at),
            "decision": item.get_state_display(),
            "when": said(item.decided_at),
            "reason": item.reason,
            "your answer": item.answer,
        }


def sanctions(user) -> Iterator[Row]:
    for one in Sanction.objects.filter(user=user).order_by("pk"):
        yield {
            "what": one.get_kind_display(),
            "reason": one.reason,
            "from": said(one.created_at),
            "until": said(one.until),
            "ended": said(one.lifted_at),
        }


def notes(user) -> Iterator[Row]:
    for note in StaffNote.objects.filter(user=user).order_by("pk"):
        yield {"text": note.text, "written": said(note.created_at)}


def log(user) -> Iterator[Row]:
    for about, rows in (
        ("about you", LogEntry.objects.filter(member=user)),
        ("by you", LogEntry.objects.filter(actor=user)),
    ):
        for entry in rows.order_by("pk").iterator(AT_ONCE):
            yield {
                "whose": about,
                "what": entry.action,
                "topic": entry.topic_id,
                "post": place(entry.post_id),
                "reason": entry.reason,
                "when": said(entry.at),
            }


def files(user) -> Iterator[Row]:
    for row in PostFile.objects.filter(owner=user).order_by("pk").iterator(AT_ONCE):
        yield {
            "file": file_name(row),
            "name": row.name,
            "bytes": row.size,
            "post": place(row.post_id),
            "attached": said(row.created_at),
        }


def file_name(row: PostFile) -> str:
    """Within the copy."""
    return f"files/{row.key}-{row.name.replace('/', '-')}"


SECTIONS: dict[str, Callable[..., Iterator[Row]]] = {
    "profile": profile,
    "topics": topics,
    "posts": posts,
    "translations": translations,
    "marks": marks,
    "drafts": drafts,
    "read": readings,
    "followed": levels,
    "reports": reports,
    "decisions": decisions,
    "silenced": sanctions,
    "notes": notes,
    "log": log,
    "files": files,
}
