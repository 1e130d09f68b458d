from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Waiting(models.Model):
    """Something changed that entries show: they are to be made anew. Written by the database (`search.triggers`).

    What could not be made has a row of its own until it can: see `search.services.renewing`.
    """

    source = models.CharField(max_length=12)
    object = models.BigIntegerField(db_index=True)  # entries that are behind are told apart by it
    since = models.DateTimeField(db_default=Now())
    failures = models.PositiveSmallIntegerField(db_default=0)  # how often it could not be made
    again_at = models.DateTimeField(null=True)  # when that is tried again

    class Meta:
        verbose_name = _("change that waits for the search")
        verbose_name_plural = _("changes that wait for the search")

    def __str__(self) -> str:
        return f"{self.source}:{self.object}"
