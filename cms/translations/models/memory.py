"""What was said before, and what it is found by."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.translations.inline import plain_text
from cms.translations.matching import Traits, comparable, traits_of
from cms.translations.segments import source_hash


def traced(source: str) -> dict[str, Any]:
    """The columns by which a source text, inline HTML, and those like it are found."""
    plain = plain_text(source)
    return {
        "source_hash": source_hash(source),
        "length": len(comparable(plain)),
        **traits_of(plain)._asdict(),
    }


class MemoryEntry(models.Model):
    """Words that were published as the translation of other words. Outlives the page they came from."""

    source_language = models.CharField(max_length=12)
    target_language = models.CharField(max_length=12)
    source_hash = models.CharField(max_length=32)
    source = models.TextField()
    target = models.TextField()
    # Of the source, what texts like it are found by: `matching.length_window`, `matching.traits_of`.
    length = models.PositiveIntegerField()
    opening = models.CharField(max_length=16)
    ending = models.CharField(max_length=16)
    longest = models.CharField(max_length=16)
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
            models.Index(
                fields=["path"], condition=models.Q(work_key=None), name="translations_memory_short"
            ),
            # Not of both languages: what begins alike is of one.
            *(
                models.Index(fields=[trait, "target_language", "length"], name=f"translations_memory_{trait}")
                for trait in Traits._fields
            ),
        ]

    @classmethod
    def of(cls, source: str, **fields) -> "MemoryEntry":
        """An entry for `source`, inline HTML, with all that it is found by; not saved."""
        return cls(source=source, **traced(source), **fields)

    def __str__(self) -> str:
        return f"{self.source[:40]} → {self.target[:40]}"
