"""Who decides on a text: the reviewers of its language for a translation, the editors for an original.

Knows groups and what Wagtail says of a page or a shared entry; nothing of the wiki's own records.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet

from cms.accounts.queries import role_names
from cms.accounts.roles import ADMINISTRATOR_GROUP, EDITOR_GROUP, REVIEWER_PREFIX, language_group
from cms.wiki.rules import Verdict, may_decide


def is_translation(obj: Any) -> bool:
    """Whether a page or entry stands in another language than the one it was first written in.

    A document says so itself; of anything else, the row that was made first is the original. One query for those.
    """
    written_in = getattr(obj.specific if hasattr(obj, "specific") else obj, "written_in", "")
    if written_in:
        return obj.locale.language_code != written_in
    if not hasattr(obj, "translation_key"):
        return False
    return (
        type(obj)
        ._base_manager.filter(translation_key=obj.translation_key, pk__lt=obj.pk)
        .exclude(pk=obj.pk)
        .exists()
    )


def deciding_group(obj: Any, author_id: int | None = None) -> str:
    """The name of the group that decides. Where a language has no reviewer but the author, the editors do."""
    if is_translation(obj):
        name = language_group(REVIEWER_PREFIX, obj.locale.language_code)
        if _members([name]).exclude(pk=author_id).exists():
            return name
    return EDITOR_GROUP


def deciders(obj: Model, author_id: int | None = None) -> QuerySet:
    """Those whose part it is to decide on what `author_id` wrote for `obj`, active ones."""
    return _members([deciding_group(obj, author_id)])


def _members(names: list[str]) -> QuerySet:
    return get_user_model().objects.filter(groups__name__in=names, is_active=True).distinct()


def decides_on_all(user) -> bool:
    """Whether `user` may decide on whatever is submitted: editors and administrators, and superusers."""
    if user.is_superuser:
        return True
    return bool({EDITOR_GROUP, ADMINISTRATOR_GROUP} & set(role_names(user)))


def is_decider(obj: Model, user, author_id: int | None = None) -> bool:
    """Whether `user` may decide on texts for `obj` that are not their own."""
    if not user.is_active:
        return False
    group = deciding_group(obj, author_id)
    if group in role_names(user):
        return True
    # Editors decide on originals; an administrator may step in anywhere.
    if user.is_superuser or ADMINISTRATOR_GROUP in role_names(user):
        return True
    return group == EDITOR_GROUP and EDITOR_GROUP in role_names(user)


def verdict_on(obj: Model, user, author_id: int | None) -> Verdict:
    """Whether `user` may decide on the text that `author_id` wrote for `obj`. At most five queries."""
    if not is_decider(obj, user, author_id):
        return Verdict(False)
    peers = set(deciders(obj, author_id).values_list("pk", flat=True))
    return may_decide(user.pk, author_id, peers | {user.pk})


def moderators_of_pages() -> QuerySet:
    """All editors, for what concerns them all."""
    return get_user_model().objects.filter(Q(groups__name=EDITOR_GROUP), is_active=True).distinct()


def may_moderate(user) -> bool:
    """Whether there is anything at all that `user` may decide on. One query a user object."""
    if not user.is_active:
        return False
    return decides_on_all(user) or any(name.startswith(f"{REVIEWER_PREFIX} (") for name in role_names(user))


@dataclass(frozen=True, slots=True)
class DecidingGroups:
    """The same decisions for many texts at once, from what was read before: group → id → name of its members."""

    members: dict[str, dict[int, str]]

    def group_for(self, language: str, translated: bool, author_id: int | None = None) -> str:
        name = language_group(REVIEWER_PREFIX, language)
        others = self.members.get(name, {}).keys() - {author_id}
        return name if translated and others else EDITOR_GROUP

    def verdict(self, group: str, user, author_id: int | None) -> Verdict:
        names = role_names(user)
        steps_in = user.is_superuser or ADMINISTRATOR_GROUP in names
        if not user.is_active or not (group in names or steps_in):
            return Verdict(False)
        return may_decide(user.pk, author_id, {*self.members.get(group, {}), user.pk})


def deciding_groups() -> DecidingGroups:
    """Everybody who decides on something, by group. One query."""
    members: dict[str, dict[int, str]] = {}
    people = get_user_model().objects.filter(
        Q(groups__name=EDITOR_GROUP) | Q(groups__name__startswith=f"{REVIEWER_PREFIX} ("), is_active=True
    )
    for group, pk, shown, name in people.values_list("groups__name", "pk", "display_name", "username"):
        members.setdefault(group, {})[pk] = shown or name
    return DecidingGroups(members)
