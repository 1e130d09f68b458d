"""Who somebody is, and what they may do, in two questions to the database instead of five.

Every screen behind the log-in asks them: the account, its settings in the editor, its roles, the rights of these and
its own.
"""

from allauth.account.auth_backends import AuthenticationBackend

from cms.accounts.models import User
from cms.accounts.queries import rights_of
from cms.core.prepared import Prepared

# Wagtail asks for its settings of the person on each of its screens.
_BY_ID = Prepared(
    lambda user: User._default_manager.select_related("wagtail_userprofile").filter(pk=user.number).order_by()
)


class AccountBackend(AuthenticationBackend):
    """allauth's way of logging in; Django's rights."""

    def get_user(self, user_id):
        found = _BY_ID.instances(user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None

    def get_user_permissions(self, user_obj, obj=None) -> set[str]:
        return (
            set(rights_of(user_obj).own)
            if _is_asked(user_obj, obj)
            else super().get_user_permissions(user_obj, obj)
        )

    def get_group_permissions(self, user_obj, obj=None) -> set[str]:
        if _is_asked(user_obj, obj):
            return set(rights_of(user_obj).of_roles)
        return super().get_group_permissions(user_obj, obj)


def _is_asked(user, obj) -> bool:
    """Superusers have every right there is; nobody has one on a single object; both Django says without roles."""
    return user.is_active and not user.is_anonymous and not user.is_superuser and obj is None
