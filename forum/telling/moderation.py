"""For those who decide: that something waits. For those whom it concerns: what was decided, and why.

A text that waits stands in no mail, nor does the title of a topic that waits: whoever decides reads it on the site.
"""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.accounts.models import User
from cms.core.dates import written_date
from cms.notifications.kinds import Kind, Line, Words
from cms.notifications.models import Notification
from forum.addresses import my_forum_address, post_address, review_address
from forum.models import Category, Post, ReviewItem, Sanction
from forum.notices import DECISIONS, REVIEW
from forum.queries.categories import all_categories
from forum.rules import PostState, ReviewKind, ReviewState, Standing
from forum.standing import standing_of

from .sayings import foreign, page_language

Told = Sequence[Notification]


def moderates_somewhere(user: User) -> bool:
    return standing_of(user).moderates_any()


def review_kind() -> Kind:
    return Kind(
        REVIEW,
        gettext_lazy("What waits for my decision in the forum"),
        review_words,
        still_visible=still_waiting,
        offered_to=moderates_somewhere,
    )


def decisions_kind() -> Kind:
    return Kind(
        DECISIONS,
        gettext_lazy("What facilitators decide about my posts"),
        decision_words,
        still_visible=still_there,
    )


def still_waiting(user: User, told: Told) -> list[Notification]:
    """What nobody has decided yet, for who decides on it still. One query, and one for who they are."""
    who = standing_of(user)
    items = ReviewItem.objects.filter(state=ReviewState.WAITING).exclude(member=user)
    rows = items.select_related("post__author", "post__topic", "translation__post__topic", "member").in_bulk(
        {each.data["item"] for each in told}
    )
    for each in told:
        item = rows.get(each.data["item"])
        each.found = item if item is not None and decides(who, item) else None
    return [each for each in told if each.found is not None]


def decides(who: Standing, item: ReviewItem) -> bool:
    if item.category_id is None:
        return who.facilitator
    post = post_of(item)
    return who.moderates(item.category_id, item.language, post.topic.language if post else "")


def post_of(item: ReviewItem) -> Post | None:
    """The post, or the post whose translation it is about."""
    return item.post or (item.translation.post if item.translation else None)


def review_words(told: Told) -> Words:
    item = told[-1].found
    if not isinstance(item, ReviewItem):
        raise TypeError("asked for words before it was asked whether it may be shown")
    where = in_category(item.category_id)
    title, sentence = waiting_sentences(item)
    own = review_address(item.pk, page_language())
    return Words(
        subject=_("For you to decide: %(what)s") % {"what": title},
        title=title,
        address=own,
        lines=[Line(" ".join(part for part in (sentence, where) if part), own)],
    )


def waiting_sentences(item: ReviewItem) -> tuple[str, str]:
    """What waits, in few words and in a sentence."""
    author = item.post.author.shown_name if item.post and item.post.author else ""
    member = item.member.shown_name if item.member else _("A former member")
    known = {"author": author or member, "member": member}
    if item.answered_at:
        return _("an answer to a decision"), _(
            "%(member)s answers to what was decided. Please look again."
        ) % known
    if item.kind == ReviewKind.REPORTED_MEMBER:
        return _("a reported member"), _("%(member)s was reported.") % known
    if item.kind == ReviewKind.REPORTED_POST:
        return _("a reported post"), _("A post by %(author)s was reported.") % known
    if item.translation_id:
        return _("a translation that waits"), _("A translation by %(member)s waits to be published.") % known
    if item.kind == ReviewKind.SPAM:
        return _("a post that may be spam"), _("A post by %(author)s waits: it may be spam.") % known
    return _("a post that waits"), _("A post by %(author)s waits to be published.") % known


def in_category(category_id: int | None) -> str:
    category: Category | None = all_categories().get(category_id) if category_id else None
    return _("Category: %(name)s.") % {"name": category.name} if category else ""


def still_there(user: User, told: Told) -> list[Notification]:
    """What was decided and stands. Two queries at most."""
    items = ReviewItem.objects.filter(member=user).select_related("post__topic", "translation__post__topic")
    found = items.in_bulk({each.data["item"] for each in told if "item" in each.data})
    ids = {each.data["sanction"] for each in told if "sanction" in each.data}
    sanctions = Sanction.objects.filter(user=user).in_bulk(ids) if ids else {}
    for each in told:
        each.found = found.get(each.data.get("item", 0)) or sanctions.get(each.data.get("sanction", 0))
    return [each for each in told if each.found is not None]


def decision_words(told: Told) -> Words:
    last = told[-1].found
    post = post_of(last) if isinstance(last, ReviewItem) else None
    if post is not None:
        title, lang, own = post.topic.title, foreign(post.topic.language), post_address(post.pk)
    else:
        title, lang, own = _("The forum"), "", my_forum_address(page_language())
    lines = [decision_line(each) for each in told]
    return Words(
        subject=decision_subject(told[-1]) % {"title": title},
        title=title,
        lang=lang,
        address=own,
        lines=lines,
    )


def decision_subject(told: Notification) -> str:
    said = told.data["said"]
    if "sanction" in told.data:
        return _("The forum is open to you again") if said == "lifted" else _("About your part in the forum")
    return {
        ReviewState.APPROVED: _("Published: your post in “%(title)s”"),
        ReviewState.REFUSED: _("Not published: your post in “%(title)s”"),
        ReviewState.REMOVED: _("Taken away: your post in “%(title)s”"),
    }.get(said, _("About your post in “%(title)s”"))


def decision_line(told: Notification) -> Line:
    found, said = told.found, told.data["said"]
    if isinstance(found, Sanction):
        return sanction_line(found, said)
    item = found if isinstance(found, ReviewItem) else None
    place = post_address(item.post.pk) if item and item.post else ""
    if item and said in (ReviewState.REFUSED, ReviewState.REMOVED):
        place = review_address(item.pk, page_language())  # where it can be answered
    sentence = {
        ReviewState.APPROVED: _("Thank you: a facilitator has read your post, and it is published."),
        ReviewState.REFUSED: _(
            "A facilitator has read your post and did not publish it. You find it, and can answer, on the site."
        ),
        ReviewState.REMOVED: _(
            "A facilitator has taken your post away. You find it, and can answer, on the site."
        ),
    }.get(said, _("A facilitator has decided about your post."))
    if said == ReviewState.APPROVED and item and item.post and item.post.state != PostState.PUBLISHED:
        sentence = _("A facilitator has decided about your post.")
    return Line(sentence, place, told.data.get("reason", ""))


def sanction_line(sanction: Sanction, said: str) -> Line:
    until = written_date(timezone.localtime(sanction.until).date())
    if said == "lifted":
        return Line(_("You can take part in the forum again. Welcome back."))
    if sanction.kind == Sanction.SILENCE:
        sentence = _("You can read the forum, but not write in it, until %(day)s.") % {"day": until}
    else:
        sentence = _("Your account does not take part in the forum until %(day)s.") % {"day": until}
    return Line(sentence, "", sanction.reason)
