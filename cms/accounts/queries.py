"""What is asked about people with an account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from cms.accounts.models import User
from cms.accounts.roles import is_staff_group


def role_names(user) -> list[str]:
    """Names of the groups `user` is in, sorted. One query, asked once per user object."""
    if not hasattr(user, "_role_names"):
        user._role_names = sorted(user.groups.values_list("name", flat=True)) if user.pk else []
    return user._role_names


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
