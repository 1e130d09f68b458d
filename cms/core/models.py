"""What the ground of the site keeps: the mails on their way."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

WAITING = "waiting"  # for its time and for the worker
TAKEN = "taken"  # a worker writes it
HANDED = "handed"  # a worker hands it to the mail server
SENT = "sent"
DROPPED = "dropped"  # there was nothing to say any more
FAILED = "failed"  # refused for good, or tried often enough
UNSURE = "unsure"  # handed over and never answered for: it may have arrived, so it is not sent again
STATES = [
    (WAITING, _("waiting")),
    (TAKEN, _("being written")),
    (HANDED, _("being handed over")),
    (SENT, _("sent")),
    (DROPPED, _("dropped")),
    (FAILED, _("failed")),
    (UNSURE, _("unsure")),
]


class OutgoingMail(models.Model):
    """A mail from the moment something asks for it until the mail server has it (see `cms.core.mailing`)."""

    # What is handed in twice under one key goes out once.
    key = models.CharField(max_length=200, unique=True)
    composer = models.CharField(max_length=60)
    data = models.JSONField(default=dict)  # for the composer; emptied at the end
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=120, blank=True)  # the last one's sort; never an address

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [
            models.Index(
                fields=["-urgent", "due_at", "id"], condition=Q(state=WAITING), name="core_mail_waiting"
            ),
            models.Index(
                fields=["taken_at"], condition=Q(state__in=[TAKEN, HANDED]), name="core_mail_on_its_way"
            ),
            models.Index(fields=["ended_at"], name="core_mail_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"
