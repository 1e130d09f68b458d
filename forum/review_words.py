"""What facilitators' screens say of what waits: why, since when, whose it is, what became of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.accounts.models import User
from cms.core.dates import written_date
from cms.core.languages import direction
from forum.addresses import post_address, topic_address
from forum.models import Member, ReviewItem, Sanction, Topic
from forum.queries.categories import all_categories
from forum.queries.deciders import offered_for, post_of
from forum.queries.review import Known
from forum.rendering import plain_text
from forum.rules import PostState, ReviewKind, ReviewState, Suspicion

LONG = 1500  # letters: more is folded in the queue
EXCERPT = 280

WHY: dict[str, str | Promise] = {
    Suspicion.FIRST: gettext_lazy("a new member's post"),
    Suspicion.CATEGORY: gettext_lazy("every post waits in this category"),
    Suspicion.LINKS: gettext_lazy("more links than so new an account may post"),
    Suspicion.REPEATED: gettext_lazy("the same text was posted before"),
    Suspicion.WORD: gettext_lazy("a word to hold"),
    Suspicion.TRAP: gettext_lazy("a field that people do not see was filled in"),
}
KINDS: dict[str, str | Promise] = {
    ReviewKind.HELD: gettext_lazy("Waits to be published"),
    ReviewKind.SPAM: gettext_lazy("May be spam"),
    ReviewKind.REPORTED_POST: gettext_lazy("Reported post"),
    ReviewKind.REPORTED_MEMBER: gettext_lazy("Reported member"),
    ReviewKind.NOTICED: gettext_lazy("Noticed by a facilitator"),
}


@dataclass(frozen=True, slots=True)
class Author:
    """Whose it is, and what is known of them."""

    pk: int
    name: str
    trust: str
    kept: int
    removed: int
    since: str
    known: Known
    sanctions: list[dict]


@dataclass(frozen=True, slots=True)
class Row:
    item: ReviewItem
    kind: str
    why: list[str]
    waited: str
    moment: str
    html: str
    excerpt: str
    is_long: bool
    lang: str
    dir: str
    topic: Topic | None
    topic_url: str
    original_url: str  # of the post that is translated
    category: str
    author: Author | None
    reports: list[dict]
    offered: tuple[str, ...]
    became: str
    answered: bool


def row_of(item: ReviewItem, known: dict[int, Known]) -> Row:
    """`item` as `queries.review.whole` gives it."""
    post, translation = item.post, item.translation
    shown = translation or post
    of = post_of(item)
    topic = of.topic if of else None
    category = all_categories().get(item.category_id or 0)
    text = plain_text(shown.html) if shown else ""
    return Row(
        item=item,
        kind=str(KINDS[item.kind]) if not translation else _("Translation that waits"),
        why=[in_words(code) for code in item.why],
        waited=waited_since(item.created_at),
        moment=item.created_at.isoformat(timespec="seconds"),
        html=shown.html if shown else "",
        excerpt=shortened(text),
        is_long=len(text) > LONG,
        lang=shown.language if shown else "",
        dir=direction(shown.language) if shown else "",
        topic=topic,
        topic_url=topic_address(topic.pk, topic.slug, of.number or 0) if topic and of else "",
        original_url=post_address(of.pk) if translation and of else "",
        category=category.name if category else "",
        author=author_of(item, known),
        reports=[report_line(report) for report in item.reports.all()],
        offered=offered_for(item),
        became=what_became(item),
        answered=item.answered_at is not None,
    )


def shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"


def in_words(code: str) -> str:
    return str(WHY.get(code, code))


def waited_since(moment: datetime) -> str:
    return _("waits for %(time)s") % {"time": timesince(moment, depth=1)}


def report_line(report) -> dict:
    return {
        "who": report.reporter.shown_name if report.reporter else _("a former member"),
        "reason": report.get_reason_display(),
        "text": report.text,
        "moment": moment_in_words(report.created_at),
    }


def author_of(item: ReviewItem, known: dict[int, Known]) -> Author | None:
    if item.member is None:
        return None
    return author_in_words(item.member, known.get(item.member.pk, Known([], [])))


def author_in_words(user: User, known: Known) -> Author:
    """`user` with their `forum_member`, if the forum knows of them."""
    member = getattr(user, "forum_member", None) or Member(user_id=user.pk)
    return Author(
        pk=user.pk,
        name=user.shown_name,
        trust=str(member.get_trust_display()),
        kept=member.kept_posts,
        removed=member.removed_posts,
        since=written_date(timezone.localtime(user.date_joined).date()),
        known=known,
        sanctions=[sanction_line(one) for one in known.sanctions],
    )


def sanction_line(one: Sanction) -> dict:
    now = timezone.now()
    in_force = one.lifted_at is None and one.until > now
    said = {
        Sanction.SILENCE: _("silenced until %(day)s"),
        Sanction.SUSPENSION: _("suspended until %(day)s"),
    }[one.kind]
    ended = ""
    if one.lifted_at is not None and one.lifted_by is not None:
        ended = _("ended by %(name)s on %(day)s") % {
            "name": one.lifted_by.shown_name,
            "day": moment_in_words(one.lifted_at),
        }
    return {
        "pk": one.pk,
        "text": said % {"day": moment_in_words(one.until)},
        "reason": one.reason,
        "by": one.by.shown_name if one.by else "",
        "since": moment_in_words(one.created_at),
        "in_force": in_force,
        "ended": ended,
    }


def moment_in_words(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{written_date(local.date())}, {local:%H:%M}"


def days_in_words(days: int) -> str:
    if days == 365:
        return _("one year")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def what_became(item: ReviewItem) -> str:
    """ "" while it waits."""
    if item.state == ReviewState.WAITING:
        return ""
    who = item.decided_by.shown_name if item.decided_by else item.decided_by_name or _("a former member")
    day = moment_in_words(item.decided_at) if item.decided_at else ""
    if item.state == ReviewState.SET_ASIDE and item.decided_by_id is None and not item.decided_by_name:
        return _("Its author deleted it before anybody decided.")
    said = {
        ReviewState.APPROVED: _("%(who)s published it (%(day)s)."),
        ReviewState.REFUSED: _("%(who)s did not publish it (%(day)s)."),
        ReviewState.REMOVED: _("%(who)s took it away (%(day)s)."),
        ReviewState.SET_ASIDE: _("%(who)s left it as it is (%(day)s)."),
        ReviewState.CHANGED: _("%(who)s changed its text (%(day)s)."),
        ReviewState.RESTORED: _("%(who)s brought it back (%(day)s)."),
        ReviewState.SANCTIONED: _("%(who)s silenced or suspended the member (%(day)s)."),
    }[item.state]
    return said % {"who": who, "day": day}


def state_of_post(state: str) -> str:
    return {
        PostState.HELD: _("waits"),
        PostState.PUBLISHED: _("published"),
        PostState.DELETED: _("deleted"),
        PostState.REJECTED: _("not published"),
    }[state]
