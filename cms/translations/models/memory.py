from django.db import models
from django.utils.translation import gettext_lazy as _


class MemoryEntry(models.Model):
    """Words that were published as the translation of other words. Outlives the page they came from."""

    source_language = models.CharField(max_length=12)
    target_language = models.CharField(max_length=12)
    source_hash = models.CharField(max_length=32)
    source = models.TextField()
    target = models.TextField()
    length = models.PositiveIntegerField()  # of the source, as `matching.length_window` means it
    path = models.CharField(max_length=500, blank=True)
    work_key = models.UUIDField(null=True, blank=True)
    title = models.CharField(max_length=255, blank=True)  # of the work, for whoever is offered the words
    author_name = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("entry of the translation memory")
        verbose_name_plural = _("translation memory")
        constraints = [
            models.UniqueConstraint(
                fields=["source_language", "target_language", "source_hash", "path", "work_key"],
                name="translations_memory_place",
            )
        ]
        indexes = [
            models.Index(
                fields=["source_language", "target_language", "length"], name="translations_memory_fuzzy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source[:40]} → {self.target[:40]}"
