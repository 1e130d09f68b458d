from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.notifications.rules import AT_ONCE, DAILY, NEVER, WEEKLY

FREQUENCY_CHOICES = [
    (AT_ONCE, _("at once")),
    (DAILY, _("once a day")),
    (WEEKLY, _("once a week")),
    (NEVER, _("never")),
]


class Preference(models.Model):
    """How somebody wants to be told of one kind of thing. Without a row the kind's default holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences"
    )
    kind = models.CharField(max_length=40)
    frequency = models.CharField(_("by mail"), max_length=8, choices=FREQUENCY_CHOICES)
    on_site = models.BooleanField(_("on the site"), default=True)

    class Meta:
        verbose_name = _("notification preference")
        verbose_name_plural = _("notification preferences")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notifications_preference_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.frequency}"
