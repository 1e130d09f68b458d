"""Who somebody is in the forum. Stands below the models, which ask it: they are looked up by name."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils import timezone

from cms.accounts.roles import ADMINISTRATOR_GROUP, FACILITATOR_GROUP
from cms.core.page_cache.stamp import kept_until_change
from cms.core.prepared import Prepared
from forum.rules import NOBODY, Standing, Trust

KEPT_AS = "_forum_standing"
_OF_MEMBER = ("trust", "silenced_until", "suspended_until", "follows_what_they_write", "only_languages_read")
_MEMBER = Prepared(
    lambda user: (
        get_user_model()
        .objects.filter(pk=user.number)
        .order_by()
        .values_list("groups__pk", "groups__name", *(f"forum_member__{name}" for name in _OF_MEMBER))
    )
)


@kept_until_change
def co_facilitators() -> tuple[tuple[int, int, str], ...]:
    """(user, category, language or "") of all. Shown publicly, and few."""
    rows = apps.get_model("forum.CoFacilitator").objects.order_by()
    return tuple(rows.values_list("user_id", "category_id", "language"))


def standing_of(user) -> Standing:
    """One query the first time (another after something changed), none later with the same `user`.

    Of nobody, of an account that is closed: none. A `Standing` is answered as it is.
    """
    if isinstance(user, Standing):
        return user
    if user is None or not user.is_authenticated or not user.is_active:
        return NOBODY
    kept = getattr(user, KEPT_AS, None)
    if kept is None:
        kept = _looked_up(user)
        setattr(user, KEPT_AS, kept)
    return kept


def forget_standing(user) -> None:
    """After a sanction, or a change of role, within one request."""
    user.__dict__.pop(KEPT_AS, None)


def _looked_up(user) -> Standing:
    """One query: a row for each group, each with what the forum knows of the member."""
    found = _MEMBER.converted(user.pk)
    groups = {pk: name for pk, name, *_known in found if pk is not None}
    known = dict(zip(_OF_MEMBER, found[0][2:], strict=True)) if found else {}
    staff = {FACILITATOR_GROUP, ADMINISTRATOR_GROUP}
    suspended_until = known.get("suspended_until")
    suspended = suspended_until is not None and suspended_until > timezone.now()
    return Standing(
        user_id=user.pk,
        trust=known.get("trust") or Trust.NEW,
        since=user.date_joined,
        # Who is suspended has the eyes of everybody, and no office.
        facilitator=not suspended and (user.is_superuser or not staff.isdisjoint(groups.values())),
        groups=frozenset(groups),
        looks_after=frozenset(
            (category_id, language)
            for user_id, category_id, language in co_facilitators()
            if user_id == user.pk and not suspended
        ),
        silenced_until=known.get("silenced_until"),
        suspended_until=suspended_until,
        languages_read=frozenset(user.languages_read or ()),
        follows_what_they_write=known.get("follows_what_they_write") is not False,
        only_languages_read=bool(known.get("only_languages_read")),
    )
