from django.db import models
from django.utils.translation import gettext_lazy as _


class Unfound(models.Model):
    """Words that several people looked for on different days, or from different places, and nobody found together.

    Nothing says who looked for them, and nothing is written down before (`search.services.unfound`).
    """

    words = models.CharField(max_length=80)
    language = models.CharField(max_length=12)  # of the pages they were typed on
    times = models.PositiveIntegerField()
    last_day = models.DateField()

    class Meta:
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        ordering = ["-times", "-last_day", "words"]
        constraints = [models.UniqueConstraint(fields=["words", "language"], name="search_unfound_once")]

    def __str__(self) -> str:
        return f"{self.words} ({self.language}, {self.times})"
