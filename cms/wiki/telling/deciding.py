"""For those who decide: a text was submitted or waits too long, a reader suggests a correction."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.accounts.models import User
from cms.accounts.queries import role_names
from cms.notifications.kinds import Kind, Line, Words
from cms.notifications.models import Notification
from cms.wiki.deciders import decides_on_all, may_moderate
from cms.wiki.models import Submission, Suggestion
from cms.wiki.notices import SUGGESTED, WAITING
from cms.wiki.rules import SUBMITTED

from .sayings import foreign, what_changed

Told = Sequence[Notification]


def waiting_kind() -> Kind:
    return Kind(
        WAITING,
        gettext_lazy("Texts that wait for my decision"),
        waiting_words,
        still_visible=still_waiting,
        offered_to=may_moderate,
    )


def suggested_kind() -> Kind:
    return Kind(
        SUGGESTED,
        gettext_lazy("Corrections that readers suggest"),
        suggested_words,
        still_visible=still_suggested,
        offered_to=may_moderate,
    )


def waiting_words(told: Told) -> Words:
    last = told[-1]
    data = last.data
    said = _("Waits too long: %(title)s") if data["said"] == "overdue" else _("For you to decide: %(title)s")
    own = reverse("wiki_moderate", args=[data["submission"]])
    return Words(
        subject=said % {"title": data["title"]},
        title=data["title"],
        lang=foreign(data["lang"]),
        address=own,
        lines=[Line(waiting_sentence(each), own, what_changed(each.data)) for each in told],
    )


def waiting_sentence(told: Notification) -> str:
    known = {"author": told.actor_name or _("A reader")}
    if told.data["said"] == "overdue":
        return (
            _("A text of %(author)s has waited longer than the site promises. Any editor may decide.") % known
        )
    return _("%(author)s has submitted a text.") % known


def still_waiting(user: User, told: Told) -> list[Notification]:
    """What nobody has decided or taken back yet, for who decides on it still. One query, and one for roles."""
    mine = [each for each in told if _decides(user, each)]
    waiting = set(
        Submission.objects.filter(
            pk__in=[each.data["submission"] for each in mine], state=SUBMITTED
        ).values_list("pk", flat=True)
    )
    return [each for each in mine if each.data["submission"] in waiting]


def _decides(user: User, told: Notification) -> bool:
    return decides_on_all(user) or told.data["group"] in role_names(user)


def suggested_words(told: Told) -> Words:
    data = told[-1].data
    own = reverse("wiki_suggestion", args=[data["suggestion"]])
    return Words(
        subject=ngettext("A suggested correction: %(title)s", "Suggested corrections: %(title)s", len(told))
        % {"title": data["title"]},
        title=data["title"],
        lang=foreign(data["lang"]),
        address=own,
        lines=[
            Line(
                _("%(name)s suggests a correction.") % {"name": each.actor_name or _("A reader")},
                own,
                each.data["text"],
                foreign(each.data["lang"]),
            )
            for each in told
        ],
    )


def still_suggested(user: User, told: Told) -> list[Notification]:
    """What nobody has answered yet. One query, and one for roles."""
    mine = [each for each in told if _decides(user, each)]
    new = set(
        Suggestion.objects.filter(pk__in=[each.data["suggestion"] for each in mine], state="new").values_list(
            "pk", flat=True
        )
    )
    return [each for each in mine if each.data["suggestion"] in new]
