"""Who may translate into a language, and who reviews. By groups, each asked of the database once a user object."""

from cms.accounts.queries import role_names
from cms.accounts.roles import (
    ADMINISTRATOR_GROUP,
    EDITOR_GROUP,
    REVIEWER_PREFIX,
    TRANSLATOR_PREFIX,
    language_group,
)
from cms.translations.models import TranslationTask
from cms.translations.queries.works import is_public


def is_administrator(user) -> bool:
    return user.is_active and (user.is_superuser or ADMINISTRATOR_GROUP in role_names(user))


def may_translate(user, language: str) -> bool:
    """Translators and reviewers of the language, and administrators."""
    if not user.is_authenticated or not user.is_active:
        return False
    names = {language_group(TRANSLATOR_PREFIX, language), language_group(REVIEWER_PREFIX, language)}
    return bool(names & set(role_names(user))) or is_administrator(user)


def may_review(user, language: str) -> bool:
    """Whether somebody reviews translations into the language; whether this very one is asked of `verdict_on`."""
    if not user.is_authenticated or not user.is_active:
        return False
    return language_group(REVIEWER_PREFIX, language) in role_names(user) or is_administrator(user)


def may_prioritise(user) -> bool:
    """Editors say what matters most, and until when."""
    return (
        user.is_authenticated
        and user.is_active
        and (EDITOR_GROUP in role_names(user) or is_administrator(user))
    )


def may_read(user, language: str) -> bool:
    """Who sees a translation into the language while it is made, and may speak about it."""
    return may_translate(user, language) or may_prioritise(user)


def may_open(user, task: TranslationTask) -> bool:
    """Of those who `may_read` translations into its language: who may read this one, source and all. `task` with its work.

    What was taken down stays open to who has its translation in hand, to who decides on it while it waits for that,
    and to editors; what only some may read, or stands in a language that is not open, to editors.
    """
    if may_prioritise(user) or is_public(task.work):
        return True
    if task.work.public:
        return False
    in_hand = user.pk in (task.assignee_id, task.submitted_by_id)
    return in_hand or (task.in_review and may_review(user, task.target_locale.language_code))


def languages_of(user) -> list[str]:
    """Codes of the languages somebody translates into or reviews, by their groups."""
    codes = []
    for name in role_names(user):
        prefix, _space, code = name.rpartition(" ")
        if prefix in (TRANSLATOR_PREFIX, REVIEWER_PREFIX) and code.startswith("("):
            codes.append(code.strip("()"))
    return sorted(set(codes))


def may_see_queue(user) -> bool:
    """Whoever translates, reviews or edits; the queue shows titles and states of public works only."""
    return bool(user.is_authenticated and (languages_of(user) or may_prioritise(user)))
