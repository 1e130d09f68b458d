"""Who may revise a page, why, and until when: set and lifted by those who publish it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from cms.wiki.models import PageProtection
from cms.wiki.queries.pages import lock_page
from cms.wiki.queries.protection import may_protect, over, protection_of
from cms.wiki.rules import LOCKED, OPEN_TO_AUTHORS, PROTECTION_LEVELS, one_line

LONGEST_REASON = 300


class Protected(PermissionDenied):
    """The page is protected from this person. `protection` says why and until when."""

    def __init__(self, protection: PageProtection):
        super().__init__(protection.reason)
        self.protection = protection


@transaction.atomic
def protect(
    user, page: Page, level: str, reason: str, until: datetime | None = None
) -> PageProtection | None:
    """Say who may revise `page`. Open to authors lifts what stood there, and is None.

    Raises `PermissionDenied`, or `ValidationError` by field.
    """
    page = lock_page(page.pk)
    if not may_protect(user, page):
        raise PermissionDenied
    if level == OPEN_TO_AUTHORS:
        _lift(page.pk, user)
        return None
    reason = _checked(level, reason, until)
    protection, _made = PageProtection.objects.update_or_create(
        page_id=page.pk, defaults={"level": level, "reason": reason, "until": until, "set_by": user}
    )
    log(page, "wiki.protect", user=user, data={"level": level, "reason": reason})
    return protection


def _checked(level: str, reason: str, until: datetime | None) -> str:
    reason = one_line(reason)
    errors = {}
    if level not in dict(PROTECTION_LEVELS):
        errors["level"] = _("Choose who may revise the page.")
    if not reason:
        errors["reason"] = _("Give the reason: authors who are kept out will read it.")
    elif len(reason) > LONGEST_REASON:
        errors["reason"] = _("Keep the reason under %(number)s characters.") % {"number": LONGEST_REASON}
    if until is not None and until <= timezone.now():
        errors["until"] = _("Choose a moment to come, or leave it empty.")
    if errors:
        raise ValidationError(errors)
    return reason


def refuse_while_locked(page_id: int) -> None:
    """Raises `Protected` where nothing new may be published on a page, not even by those who decide."""
    protection = protection_of(page_id)
    if protection is not None and protection.level == LOCKED:
        raise Protected(protection)


@transaction.atomic
def lift(user, page: Page) -> None:
    """Open `page` to authors again. Raises `PermissionDenied`; nothing happens where nothing stood."""
    page = lock_page(page.pk)
    if not may_protect(user, page):
        raise PermissionDenied
    _lift(page.pk, user)


def lift_what_is_over() -> int:
    """Forget protections whose time is up, and return how many. They have no force any more: this is for the log."""
    lifted = 0
    for page_id in list(over().values_list("pk", flat=True)):
        with transaction.atomic():
            lock_page(page_id)
            # Somebody may have prolonged it since it was listed.
            if over().filter(pk=page_id).exists():
                _lift(page_id, None)
                lifted += 1
    return lifted


def _lift(page_id: int, user) -> None:
    deleted, _by_model = PageProtection.objects.filter(pk=page_id).delete()
    if deleted:
        log(Page.objects.get(pk=page_id), "wiki.lift", user=user)
