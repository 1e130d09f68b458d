"""Rights that Wagtail's table of page permissions cannot say."""

from wagtail.models import Page


def may_delete(user, page: Page) -> bool:
    """Whoever cannot publish deletes drafts of their own only. Wagtail would let them delete any draft they
    may edit."""
    tester = page.permissions_for_user(user)
    if not tester.can_delete():
        return False
    return tester.can_publish() or page.owner_id == user.pk
