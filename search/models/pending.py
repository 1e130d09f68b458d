"""What a search server has not been told yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pending(models.Model):
    """An entry that changed since it was last written to the server. One row for each, whatever happened to it.

    Rows are made by triggers of the database (`search.noting`), in the transaction that changes the entry: no road
    leads past them. Where no index was ever built there is nothing to tell, and none are made.
    """

    entry = models.BigIntegerField(primary_key=True)  # its row may be gone
    version = models.BigIntegerField()  # of the last change
    withdrawn = (
        models.BooleanField()
    )  # some who could find it may not any more: left out of all answers meanwhile
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("change to be told to the search server")
        verbose_name_plural = _("changes to be told to the search server")
        indexes = [
            models.Index(
                fields=["entry"], condition=models.Q(withdrawn=True), name="search_pending_withdrawn"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry} ({self.version})"


class Built(models.Model):
    """The index of entries on a search server, once there is one. At most one row."""

    name = models.CharField(max_length=80)  # of the alias: it says what the index was made for
    began_at = models.DateTimeField()
    done = models.PositiveBigIntegerField(default=0)  # entries written so far
    total = models.PositiveBigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # when who builds it last said how far it is; None: given up

    class Meta:
        verbose_name = _("search index")
        verbose_name_plural = _("search indexes")

    def __str__(self) -> str:
        return self.name
