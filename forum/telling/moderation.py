"""For those who decide: that something waits. For those whom it concerns: what was decided, and why.

A text that waits stands in no mail, nor does the title of a topic that waits: whoever decides reads it on the site.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.accounts.models import User
from cms.core.dates import written_date
from cms.notifications.kinds import Kind, Line, Words
from cms.notifications.models import Notification
from forum.addresses import decision_address, my_forum_address, post_address, review_address
from forum.models import Category, ReviewItem, Sanction
from forum.notices import DECISIONS, REVIEW
from forum.queries.categories import all_categories
from forum.queries.deciders import post_of, title_for
from forum.rules import ReviewKind, ReviewState
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
    items = ReviewItem.objects.visible_to(user).filter(state=ReviewState.WAITING)
    found = items.select_related("post__author", "member").in_bulk({each.data["item"] for each in told})
    for each in told:
        each.found = found.get(each.data["item"])
    return [each for each in told if each.found is not None]


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


class Sanctioned(NamedTuple):
    """`item`: the decision that led to it, where it can be answered."""

    sanction: Sanction
    item: ReviewItem | None


def still_there(user: User, told: Told) -> list[Notification]:
    """What was decided and stands. Three queries at most."""
    items = ReviewItem.objects.filter(member=user).select_related("post__topic", "translation__post__topic")
    found = items.in_bulk({each.data["item"] for each in told if "item" in each.data})
    ids = {each.data["sanction"] for each in told if "sanction" in each.data}
    sanctions = Sanction.objects.filter(user=user).in_bulk(ids) if ids else {}
    answerable = items.filter(state=ReviewState.SANCTIONED).order_by("-pk").first() if sanctions else None
    for each in told:
        each.recipient = user
        each.found = found.get(each.data.get("item", 0))
        if (sanction := sanctions.get(each.data.get("sanction", 0))) is not None:
            each.found = Sanctioned(sanction, answerable)
    return [each for each in told if each.found is not None]


def decision_words(told: Told) -> Words:
    last = told[-1].found
    post = post_of(last) if isinstance(last, ReviewItem) else None
    title = title_for(told[-1].recipient, post.topic) if post else ""
    return Words(
        subject=decision_subject(told[-1]) % {"title": title or _("The forum")},
        title=title or _("The forum"),
        lang=foreign(post.topic.language) if post and title else "",
        address=post_address(post.pk) if post else my_forum_address(page_language()),
        lines=[decision_line(each) for each in told],
    )


def decision_subject(told: Notification) -> str:
    said = told.data["said"]
    if "sanction" in told.data:
        return _("The forum is open to you again") if said == "lifted" else _("About your part in the forum")
    if isinstance(told.found, ReviewItem) and told.found.translation_id:
        return _("About your translation in “%(title)s”")
    return {
        ReviewState.APPROVED: _("Published: your post in “%(title)s”"),
        ReviewState.REFUSED: _("Not published: your post in “%(title)s”"),
        ReviewState.REMOVED: _("Taken away: your post in “%(title)s”"),
        ReviewState.CHANGED: _("Changed: your post in “%(title)s”"),
        ReviewState.RESTORED: _("Brought back: your post in “%(title)s”"),
    }.get(said, _("About your post in “%(title)s”"))


def decision_line(told: Notification) -> Line:
    found, said = told.found, told.data["said"]
    if isinstance(found, Sanctioned):
        return sanction_line(found, said)
    if not isinstance(found, ReviewItem):
        raise TypeError("asked for words before it was asked whether it may be shown")
    sentences = {
        ReviewState.APPROVED: _("Thank you: a facilitator has read what you wrote, and it is published."),
        ReviewState.REFUSED: _(
            "A facilitator has read what you wrote and did not publish it. You can read it on the site, and answer."
        ),
        ReviewState.REMOVED: _(
            "A facilitator has taken away what you wrote. You can read it on the site, and answer."
        ),
        ReviewState.CHANGED: _(
            "A facilitator has changed what you wrote. The text before it stands in its history. You can answer."
        ),
        ReviewState.RESTORED: _(
            "A facilitator has looked again at what was taken away, and brought back what you wrote."
        ),
    }
    sentence = sentences.get(said, _("A facilitator has decided about what you wrote."))
    if said in ReviewState.ANSWERABLE:
        place = decision_address(found.pk, page_language())
    else:
        post = post_of(found)
        place = post_address(post.pk) if post else ""
    return Line(sentence, place, told.data.get("reason", ""))


def sanction_line(told: Sanctioned, said: str) -> Line:
    sanction, item = told
    if said == "lifted":
        return Line(_("You can take part in the forum again. Welcome back."))
    until = {"day": written_date(timezone.localtime(sanction.until).date())}
    if sanction.kind == Sanction.SILENCE:
        sentence = _("You can read the forum, but not write in it, until %(day)s.") % until
    else:
        sentence = _("Your account does not take part in the forum until %(day)s.") % until
    return Line(sentence, decision_address(item.pk, page_language()) if item else "", sanction.reason)
