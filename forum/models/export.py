"""A member's copy of what the forum holds of them, while it is made and until it is fetched."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def unguessable(export: "DataExport", name: str) -> str:
    """No address leads to a folder of files, and no name here is found by counting."""
    return f"forum/exports/{uuid.uuid4().hex}.zip"


class DataExport(models.Model):
    """One for each member; asked for anew, it takes the place of the one before. Without a `file` it is being made."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_export", primary_key=True
    )
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=unguessable, blank=True)

    class Meta:
        verbose_name = _("copy of a member's data")
        verbose_name_plural = _("copies of members' data")
        indexes = [models.Index(fields=["asked_at"], name="forum_exports_age")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%Y-%m-%d}"
