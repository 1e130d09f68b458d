from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.notifications.models.preference import FREQUENCY_CHOICES


class Delivery(models.Model):
    """One mail: the notifications that point to it. `slot` names the bundle or the digest's period.

    Two schedulers that gather at the same moment make the same slot, and only one of them succeeds.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_deliveries"
    )
    frequency = models.CharField(max_length=8, choices=FREQUENCY_CHOICES)
    slot = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "frequency", "slot"], name="notifications_delivery_once"
            )
        ]
        indexes = [models.Index(fields=["created_at"], name="notifications_delivered")]

    def __str__(self) -> str:
        return f"{self.recipient_id}: {self.frequency} {self.slot}"
