"""For those who translate and review: what becomes of a translation, and what waits for them."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.accounts.models import User
from cms.accounts.queries import role_names
from cms.core.dates import written_date
from cms.notifications.kinds import Kind, Line, Words
from cms.notifications.models import Notification
from cms.translations.addresses import task_address
from cms.translations.models import SegmentComment, TranslationTask
from cms.translations.notices import MENTIONED, REVIEW, WORK
from cms.translations.queries.rights import may_prioritise, may_see_queue, may_translate
from cms.translations.queries.works import without_withheld
from cms.wiki.deciders import decides_on_all, may_moderate
from cms.wiki.telling.sayings import foreign

Told = Sequence[Notification]


def work_kind() -> Kind:
    return Kind(
        WORK,
        gettext_lazy("What becomes of the translations I work on"),
        work_words,
        still_visible=still_told,
        offered_to=may_see_queue,
    )


def review_kind() -> Kind:
    return Kind(
        REVIEW,
        gettext_lazy("Translations that wait for my review"),
        review_words,
        still_visible=still_in_review,
        offered_to=may_moderate,
    )


def mentioned_kind() -> Kind:
    return Kind(
        MENTIONED,
        gettext_lazy("Comments on translations that mention me"),
        mentioned_words,
        still_visible=still_commented,
        offered_to=may_see_queue,
    )


def work_words(told: Told) -> Words:
    last = told[-1].data
    return Words(
        subject=subject(last["said"]) % {"title": last["title"]},
        title=last["title"],
        lang=foreign(last["lang"]),
        address=task_address(last["task"]),
        lines=[
            Line(sentence(each), task_address(last["task"]), each.data.get("reason", ""), each.data["target"])
            for each in told
        ],
    )


def subject(said: str) -> str:
    return {
        "handed_over": _("For you to translate: %(title)s"),
        "ends_soon": _("Your claim ends soon: %(title)s"),
        "ended": _("Back in the queue: %(title)s"),
        "taken": _("No longer yours: %(title)s"),
        "sent_back": _("Changes requested: %(title)s"),
        "published": _("Published: %(title)s"),
    }[said]


def sentence(told: Notification) -> str:
    data = told.data
    known = {"who": told.actor_name or _("A reviewer"), "language": language_name(data["target"])}
    if data["said"] == "handed_over":
        return _("%(who)s has handed the translation into %(language)s over to you.") % known
    if data["said"] == "ends_soon":
        until = timezone.localdate(datetime.fromisoformat(data["until"]))
        return _(
            "You have not worked on the translation into %(language)s for a while: your claim ends on %(day)s. "
            "Save a segment to keep it, or release it for others."
        ) % {**known, "day": written_date(until)}
    if data["said"] == "ended":
        return (
            _(
                "Your claim on the translation into %(language)s has ended. What you wrote is kept; you may claim it again."
            )
            % known
        )
    if data["said"] == "taken":
        return (
            _("%(who)s has given the translation into %(language)s to others. What you wrote is kept.")
            % known
        )
    if data["said"] == "sent_back":
        return _("%(who)s asks for changes to the translation into %(language)s:") % known
    return _("The translation into %(language)s is public.") % known


def still_told(user: User, told: Told) -> list[Notification]:
    """Of works that are public; what one should do only while it is to be done. One query, and one for roles."""
    tasks = public_tasks(told)
    return [
        each for each in told if each.data["task"] in tasks and _holds(user, each, tasks[each.data["task"]])
    ]


def _holds(user: User, told: Notification, task: TranslationTask) -> bool:
    said = told.data["said"]
    if said == "handed_over":
        return task.assignee_id == user.pk
    if said == "ends_soon":
        return task.assignee_id == user.pk and task.warned_at is not None
    if said == "sent_back":
        return may_translate(user, told.data["target"])
    return True


def public_tasks(told: Told) -> dict[int, TranslationTask]:
    tasks = TranslationTask.objects.filter(pk__in=[each.data["task"] for each in told])
    return without_withheld(tasks).only("assignee", "warned_at", "submitted_at").in_bulk()


def review_words(told: Told) -> Words:
    last = told[-1].data
    place = task_address(last["task"])
    return Words(
        subject=_("For you to review: %(title)s") % {"title": last["title"]},
        title=last["title"],
        lang=foreign(last["lang"]),
        address=place,
        lines=[Line(review_sentence(each), place) for each in told],
    )


def review_sentence(told: Notification) -> str:
    known = {
        "who": told.actor_name or _("A translator"),
        "language": language_name(told.data["target"]),
        "number": told.data["words"],
    }
    return (
        ngettext(
            "%(who)s has submitted a translation into %(language)s (%(number)s word in the original).",
            "%(who)s has submitted a translation into %(language)s (%(number)s words in the original).",
            told.data["words"],
        )
        % known
    )


def still_in_review(user: User, told: Told) -> list[Notification]:
    """What nobody has decided yet, for who decides on it still. One query, and one for roles."""
    mine = [each for each in told if decides_on_all(user) or each.data["group"] in role_names(user)]
    tasks = public_tasks(mine)
    return [
        each
        for each in mine
        if each.data["task"] in tasks and _submitted_then(each, tasks[each.data["task"]])
    ]


def _submitted_then(told: Notification, task: TranslationTask) -> bool:
    return task.submitted_at is not None and told.event == f"submitted:{task.submitted_at.isoformat()}"


def mentioned_words(told: Told) -> Words:
    last = told[-1].data
    return Words(
        subject=_("You are mentioned: %(title)s") % {"title": last["title"]},
        title=last["title"],
        lang=foreign(last["lang"]),
        address=comment_address(last),
        lines=[
            Line(
                _("%(who)s mentions you in a comment on the translation into %(language)s:")
                % {"who": each.actor_name or _("Somebody"), "language": language_name(each.data["target"])},
                comment_address(each.data),
                each.data["text"],
            )
            for each in told
        ],
    )


def comment_address(data: dict) -> str:
    return task_address(data["task"], f"#s-{data['key']}")


def still_commented(user: User, told: Told) -> list[Notification]:
    """Comments that are still there, for who works with the language. One query, and one for roles."""
    mine = [each for each in told if may_translate(user, each.data["target"]) or may_prioritise(user)]
    comments = SegmentComment.objects.filter(pk__in=[each.data["comment"] for each in mine])
    found = set(without_withheld(comments, "task__work").values_list("pk", flat=True))
    return [each for each in mine if each.data["comment"] in found]


def language_name(code: str) -> str:
    """A language in itself."""
    return settings.LANGUAGE_NAMES.get(code, code)
