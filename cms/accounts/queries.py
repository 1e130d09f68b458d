"""What is asked about people with an account."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet, Value

from cms.accounts.models import User
from cms.accounts.roles import is_staff_group
from cms.core.prepared import Prepared, Slot


@dataclass(frozen=True, slots=True)
class Rights:
    """Permissions as Django writes them: "wagtailadmin.access_admin"."""

    roles: list[str]  # names of groups, sorted
    of_roles: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


def _rights(user: Slot) -> QuerySet:
    of_roles = Group.objects.filter(user=user.number).order_by()
    own = Permission.objects.filter(user=user.number).order_by().annotate(role=Value(""))
    return of_roles.values_list(
        "name", "permissions__content_type__app_label", "permissions__codename"
    ).union(own.values_list("role", "content_type__app_label", "codename"), all=True)


_RIGHTS = Prepared(_rights)


def rights_of(user) -> Rights:
    """What somebody's groups are, and what they and these may do. One query, asked once per user object."""
    if not hasattr(user, "_rights"):
        rows = _RIGHTS.rows(user.pk) if user.pk else []
        named = [(role, f"{app}.{codename}") for role, app, codename in rows if codename]
        user._rights = Rights(
            sorted({role for role, *_permission in rows if role}),
            frozenset(name for role, name in named if role),
            frozenset(name for role, name in named if not role),
        )
    return user._rights


def role_names(user) -> list[str]:
    """Names of the groups `user` is in, sorted. One query, asked once per user object."""
    return rights_of(user).roles


def is_staff_member(user) -> bool:
    """Whether `user` decides over the work of others, and so is asked for a second step at log-in."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or any(is_staff_group(name) for name in role_names(user))


def lacks_second_step(user) -> bool:
    """Whether `user` is staff and logs in with a password only. At most two queries."""
    return (
        is_staff_member(user)
        and not Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
    )


def user_with_address(email: str) -> User | None:
    """The account an address belongs to, the confirmed one first."""
    address = (
        EmailAddress.objects.filter(email=email.lower()).select_related("user").order_by("-verified").first()
    )
    return address.user if address else User.objects.filter(email=email.lower()).first()
