"""Which pages are kept from being revised, by whom, and until when."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from cms.wiki.models import PageProtection
from cms.wiki.rules import OPEN_TO_AUTHORS, may_revise


def protection_of(page_id: int) -> PageProtection | None:
    """The protection in force on a page; None for one that is open to authors. One query."""
    return in_force().filter(page_id=page_id).select_related("set_by").first()


def protection_against(user, page: Page) -> PageProtection | None:
    """The protection that keeps `user` from revising `page`, None where nothing does.

    Asks nothing about the permission to edit, which is Wagtail's.
    """
    protection = protection_of(page.pk)
    if protection is None or may_revise(protection.level, may_protect(user, page)):
        return None
    return protection


def may_protect(user, page: Page) -> bool:
    """Whether `user` says who may revise `page`: those who publish it."""
    return page.permissions_for_user(user).can_publish()


def in_force() -> QuerySet[PageProtection]:
    return PageProtection.objects.exclude(level=OPEN_TO_AUTHORS).filter(
        Q(until=None) | Q(until__gt=timezone.now())
    )


def over() -> QuerySet[PageProtection]:
    """Protections whose time is up."""
    return PageProtection.objects.filter(until__lte=timezone.now())
