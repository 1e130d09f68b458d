from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.wiki.rules import OPEN_TO_AUTHORS, PROTECTION_LEVELS


class PageProtection(models.Model):
    """Who may revise a page, why, and until when. A page without one is open to authors."""

    page = models.OneToOneField(
        "wagtailcore.Page", models.CASCADE, primary_key=True, related_name="protection"
    )
    level = models.CharField(
        _("who may revise it"), max_length=12, choices=PROTECTION_LEVELS, default=OPEN_TO_AUTHORS
    )
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until it is lifted."))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("protection of a page")
        verbose_name_plural = _("protections of pages")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.level}"

    @property
    def in_force(self) -> bool:
        return self.until is None or self.until > timezone.now()
