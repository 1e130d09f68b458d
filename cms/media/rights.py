"""Who may change and delete an image or a file."""

from django.db.models import Model
from wagtail.models import ReferenceIndex
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy


class OwnUntilPublicPolicy(CollectionOwnershipPermissionPolicy):
    """As Wagtail's: uploads are their owner's to change. But not once something live shows them.

    Another picture under the same name would be public at once, without the editors.
    """

    def user_has_any_permission_for_instance(self, user, actions, instance) -> bool:
        if not super().user_has_any_permission_for_instance(user, actions, instance):
            return False
        if not {"change", "delete"} & set(actions):
            return True
        everywhere = self._check_perm(user, {"change"}, collection=instance.collection)
        return everywhere or not shown_to_readers(instance)


def shown_to_readers(file: Model) -> bool:
    """Whether a live page or shared entry holds an image or a file."""
    holders = (holder for holder, _references in ReferenceIndex.get_grouped_references_to(file))
    return any(getattr(holder, "live", True) for holder in holders)
