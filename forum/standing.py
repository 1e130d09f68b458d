"""Who somebody is in the forum. Stands below the models, which ask it: they are looked up by name."""

from django.apps import apps
from django.contrib.auth.models import Group
from django.utils import timezone

from cms.accounts.roles import ADMINISTRATOR_GROUP, FACILITATOR_GROUP
from cms.core.page_cache.stamp import kept_until_change
from forum.rules import NOBODY, Standing, Trust

KEPT_AS = "_forum_standing"


@kept_until_change
def co_facilitators() -> tuple[tuple[int, int, str], ...]:
    """(user, category, language or "") of all. Shown publicly, and few."""
    rows = apps.get_model("forum.CoFacilitator").objects.order_by()
    return tuple(rows.values_list("user_id", "category_id", "language"))


def standing_of(user) -> Standing:
    """Two queries the first time (a third after something changed), none later with the same `user`.

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
    member_model = apps.get_model("forum.Member")
    groups = dict(Group.objects.filter(user=user).order_by().values_list("pk", "name"))
    member = member_model.objects.filter(pk=user.pk).first() or member_model(user_id=user.pk, trust=Trust.NEW)
    staff = {FACILITATOR_GROUP, ADMINISTRATOR_GROUP}
    suspended = member.suspended_until is not None and member.suspended_until > timezone.now()
    return Standing(
        user_id=user.pk,
        trust=member.trust,
        since=user.date_joined,
        # Who is suspended has the eyes of everybody, and no office.
        facilitator=not suspended and (user.is_superuser or not staff.isdisjoint(groups.values())),
        groups=frozenset(groups),
        looks_after=frozenset(
            (category_id, language)
            for user_id, category_id, language in co_facilitators()
            if user_id == user.pk and not suspended
        ),
        silenced_until=member.silenced_until,
        suspended_until=member.suspended_until,
        languages_read=frozenset(user.languages_read or ()),
        follows_what_they_write=member.follows_what_they_write,
    )
