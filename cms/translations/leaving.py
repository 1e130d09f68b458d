"""The translations' part when an account is closed: words stay, under the name their translator chose."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Model

from cms.accounts.closing import Part
from cms.accounts.models import FORMER_MEMBER, User
from cms.notifications.services import forget_actor
from cms.translations.models import (
    DismissedCheck,
    MemoryEntry,
    SegmentComment,
    SegmentDraft,
    TranslatedText,
)
from cms.wiki.services.crediting import former_member

LANGUAGE = "task__target_locale__language_code"
# Whose name stands where, beside a key to the account.
SIGNED: tuple[tuple[type[Model], str, str], ...] = (
    (SegmentDraft, "author", "author_name"),
    (SegmentComment, "author", "author_name"),
    (DismissedCheck, "author", "author_name"),
    (TranslatedText, "reviewed_by", "reviewer_name"),
)


def closing_part() -> Part:
    return Part("translations", step)


@transaction.atomic
def step(user: User, choice: str, progress: dict) -> None:
    """One step: a translator has signed thousands of words, not millions."""
    former = user.credit_after_closing == FORMER_MEMBER
    forget_actor(user, "" if former else user.shown_name, family="translations")
    if not former:
        return
    for model, key, name in SIGNED:
        for language in languages_of(model, key, user):
            rows = model._default_manager.filter(**{key: user, LANGUAGE: language})
            rows.update(**{name: former_member(language)})
    forget_in_texts(user)
    forget_in_memory(user)


def languages_of(model: type[Model], key: str, user: User) -> Iterator[str]:
    rows = model._default_manager.filter(**{key: user}).order_by()
    yield from sorted(set(rows.values_list(LANGUAGE, flat=True)))


def forget_in_texts(user: User) -> None:
    """Published texts name their translators: looked for on the tasks for which they wrote."""
    tasks = SegmentDraft.objects.filter(author=user).values("task")
    for text in TranslatedText.objects.filter(task__in=tasks).select_related("task__target_locale"):
        name = former_member(text.task.target_locale.language_code)
        before = (text.translators, text.segments)
        text.translators = [name if one == user.shown_name else one for one in text.translators]
        text.segments = [
            {**row, "author": name} if row.get("author") == user.shown_name else row for row in text.segments
        ]
        if before != (text.translators, text.segments):
            text.save(update_fields=["translators", "segments"])


def forget_in_memory(user: User) -> None:
    """The memory knows names only: theirs is taken out unless somebody else shows the same."""
    same = User.objects.filter(display_name=user.shown_name).exclude(pk=user.pk)
    if not same.exists():
        MemoryEntry.objects.filter(author_name=user.shown_name).update(author_name="")
