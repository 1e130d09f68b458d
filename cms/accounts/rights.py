"""Rights that Wagtail's table of page permissions cannot say."""

from django.contrib.auth import get_permission_codename
from django.db.models import Model
from wagtail.models import DraftStateMixin, Page


def may_delete(user, page: Page) -> bool:
    """Whoever cannot publish deletes drafts of their own only. Wagtail would let them delete any draft they
    may edit."""
    tester = page.permissions_for_user(user)
    if not tester.can_delete():
        return False
    return tester.can_publish() or page.owner_id == user.pk


def may_publish(user, item: Page | Model) -> bool:
    """Whether `user` may change what readers see of a page or of a shared entry."""
    if isinstance(item, Page):
        return item.permissions_for_user(user).can_publish()
    action = "publish" if isinstance(item, DraftStateMixin) else "change"
    return user.has_perm(f"{item._meta.app_label}.{get_permission_codename(action, item._meta)}")
