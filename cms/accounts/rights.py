"""Rights that Wagtail's table of page permissions cannot say."""

from copy import copy

from django.contrib.auth import get_permission_codename
from django.db.models import Model
from wagtail.models import DraftStateMixin, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.core.page_cache.stamp import kept_until_change


class PageRights(PagePermissionPolicy):
    """Wagtail's, which each of its screens asks where somebody's part of the tree begins."""

    def explorable_root_instance(self, user):
        """Not looked up where it is at hand: a page of theirs above all the others, or the root of the tree."""
        pages = [] if user.is_superuser else self.instances_with_direct_explore_permission(user)
        for page in pages:
            if all(other.path.startswith(page.path) for other in pages):
                return page
        if len({page.path[: 2 * Page.steplen] for page in pages}) > 1:
            return copy(_root())
        return super().explorable_root_instance(user)


@kept_until_change
def _root() -> Page:
    return Page.objects.get(depth=1)


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
