"""What somebody has in the forum, in words and addresses: for their own page, and for their desk."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.dates import written_date
from cms.core.languages import direction
from forum.addresses import category_address, decision_address, post_address, start, topic_address
from forum.mail_text import for_excerpt
from forum.models.topic import slug_of
from forum.queries.desk import UnreadTopic, forum_desk
from forum.queries.mine import Bookmark, FollowedTopic, MyDraft, WaitingPost
from forum.queries.unread import COUNTED
from forum.rules import PostState, ReviewState
from forum.shown_levels import short_names

LONGEST_EXCERPT = 200


def desk_context(user) -> dict | None:
    """For `home/_forum.html`; None where there is nothing to say. The queries of `queries.desk`."""
    desk = forum_desk(user)
    if not desk:
        return None
    return {
        "unread": [unread_row(each) for each in desk.unread],
        "more_url": f"{start()}?list=unread" if desk.more_unread else "",
        "waiting": [waiting_row(each) for each in desk.waiting],
        "to_decide": desk.to_decide,
        "decides": desk.to_decide is not None,
        "review_url": f"{start()}review/",
        "many": desk.to_decide == COUNTED,
    }


def unread_row(topic: UnreadTopic) -> dict:
    if topic.unread >= COUNTED:
        said = _("more than %(number)s new posts") % {"number": COUNTED - 1}
    else:
        said = ngettext("%(number)s new post", "%(number)s new posts", topic.unread) % {
            "number": topic.unread
        }
    return {
        "title": topic.title,
        "lang": topic.language,
        "dir": direction(topic.language),
        "url": topic_address(topic.pk, topic.slug, topic.first_unread),
        "said": said,
    }


def topic_row(topic: FollowedTopic) -> dict:
    reasons = {"wrote": _("because you wrote here"), "opened": _("because you opened it")}
    return {
        "title": topic.title,
        "lang": topic.language,
        "dir": direction(topic.language),
        "url": topic_address(topic.pk, slug_of(topic.title)),
        "level": short_names()[topic.level],
        "reason": reasons.get(topic.reason, ""),
        "change_url": reverse("forum:follow", args=[topic.pk]),
    }


def bookmark_row(mark: Bookmark) -> dict:
    text = " ".join(for_excerpt(mark.html).split())
    return {
        "title": mark.title,
        "lang": mark.language,
        "dir": direction(mark.language),
        "url": post_address(mark.post_id),
        "author": mark.author,
        "number": mark.number,
        "text": shortened(text),
        "text_lang": mark.post_language,
        "text_dir": direction(mark.post_language),
        "mark_url": f"{start()}p/{mark.post_id}/mark/",
    }


def waiting_row(post: WaitingPost) -> dict:
    """Where a post stands, and the reason where there is one."""
    refused = post.state == PostState.REJECTED
    answered = post.item_state == ReviewState.WAITING and bool(post.reason)
    if refused and answered:
        said = _("Not published; your answer waits for another facilitator")
    elif refused:
        said = _("Not published")
    else:
        said = _("Waits for a facilitator")
    return {
        "title": post.title,
        "lang": post.language,
        "dir": direction(post.language),
        "url": decision_address(post.item) if refused and post.item else post_address(post.pk),
        "state": "declined" if refused else "moderation",
        "said": said,
        "reason": post.reason if refused else "",
        "since": written_date(timezone.localtime(post.written_at).date()),
    }


def shortened(text: str) -> str:
    """Cut between words where it is long, and seen to be cut."""
    if len(text) <= LONGEST_EXCERPT:
        return text
    return f"{text[:LONGEST_EXCERPT].rsplit(' ', 1)[0].rstrip()} …"


def draft_row(draft: MyDraft) -> dict:
    kinds = {
        "topic": _("A reply"),
        "new": _("A new topic"),
        "edit": _("A change to a post"),
        "translate": _("A translation of a post"),
    }
    return {
        "kind": kinds.get(draft.kind, _("A draft")),
        "title": draft.title,
        "lang": draft.language,
        "dir": direction(draft.language) or "auto",
        "text": shortened(draft.text),
        "url": draft_address(draft),
        "saved": written_date(timezone.localtime(draft.saved_at).date()),
    }


def draft_address(draft: MyDraft) -> str:
    """Where one goes on writing; "" where that place is gone."""
    if draft.kind == "new":
        return f"{category_address(draft.slug)}new/" if draft.slug else ""
    if not draft.title:
        return ""
    return {
        "topic": f"{start()}t/{draft.number}/reply/",
        "edit": f"{start()}p/{draft.number}/edit/",
        "translate": f"{start()}p/{draft.number}/translate/{draft.code}/",
    }.get(draft.kind, "")
