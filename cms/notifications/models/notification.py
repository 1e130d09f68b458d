from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.notifications.models.delivery import Delivery
from cms.notifications.models.preference import FREQUENCY_CHOICES

LONGEST_NAME = 120  # of a thing, of an event


class Notification(models.Model):
    """Something that happened, for one person.

    `about` names the thing (`page:12`): what is about the same thing is told together. `event` names what
    happened to it (`revision:34`): it is told once. `data` holds plain values for the words, and of persons
    nothing but names.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=LONGEST_NAME)
    event = models.CharField(max_length=LONGEST_NAME)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor_name = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    on_site = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True, blank=True)
    # How it is mailed, and from when on. Empty: never, or a mail has it already, or it was read before.
    frequency = models.CharField(max_length=8, choices=FREQUENCY_CHOICES)
    mail_due_at = models.DateTimeField(null=True, blank=True)
    delivery = models.ForeignKey(
        Delivery, models.SET_NULL, null=True, blank=True, related_name="notifications"
    )
    mailed_at = models.DateTimeField(null=True, blank=True)

    # What its kind found when it looked whether this may be shown, for its words. Not kept.
    found: object = None

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "about", "event"], name="notifications_told_once"
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], condition=Q(on_site=True), name="notifications_list"),
            models.Index(
                fields=["recipient"], condition=Q(on_site=True, read_at=None), name="notifications_unread"
            ),
            models.Index(
                fields=["mail_due_at"], condition=Q(mail_due_at__isnull=False), name="notifications_due"
            ),
            models.Index(fields=["created_at"], name="notifications_age"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id}: {self.kind} {self.about} {self.event}"
