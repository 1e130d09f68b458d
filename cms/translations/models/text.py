"""The words of translations: what translators typed, every step of it, and what was published of it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.translations.rules import ORIGINS, TYPED, Known


class SegmentDraft(models.Model):
    """One saving of one segment. Never changed, never deleted by anybody's work: this is the history too.

    `number` counts the savings of a segment of a task, from 1: two who save the same number collide, and the
    second is told. Empty words take the draft away.
    """

    task = models.ForeignKey("translations.TranslationTask", models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    path = models.CharField(max_length=500)
    source = models.TextField()
    text = models.TextField(blank=True)
    links = models.JSONField(
        default=dict, blank=True
    )  # id of a link → address that stands in for the source's
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=120, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=TYPED)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("draft of a segment")
        verbose_name_plural = _("drafts of segments")
        constraints = [
            models.UniqueConstraint(fields=["task", "key", "number"], name="translations_draft_number")
        ]

    def __str__(self) -> str:
        return f"{self.key}#{self.number}: {self.text[:40]}"


class TranslatedText(models.Model):
    """A whole translation as it was submitted, and published or not. Those published say what was translated when."""

    task = models.ForeignKey("translations.TranslationTask", models.CASCADE, related_name="translated_texts")
    submission = models.ForeignKey(
        "wiki.Submission", models.SET_NULL, null=True, blank=True, related_name="translated_texts"
    )
    revision_id = models.BigIntegerField(null=True, blank=True, db_index=True)  # of Wagtail, of the target
    source_version = models.PositiveIntegerField(default=0)
    # One mapping a segment: path, source, target, author, origin, links; `at`: [path in the translation, which of the
    # texts there], from when it was published.
    segments = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    # Of each picture and file of the source: path, kind, block, words, `source` (its id then), `shown` (what stands
    # there in the translation; None: nobody knows). None for what was published before this was kept.
    media = models.JSONField(null=True, blank=True)
    translators = models.JSONField(default=list)  # names, who wrote most first
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewer_name = models.CharField(max_length=120, blank=True)
    # Of the source, whose translation is new in it: what a programme paid for. 0 for what nobody translated here.
    words = models.PositiveIntegerField(default=0)
    # Drafts up to this one went into it, or were passed over: they are history, and no longer to be published.
    settled_draft = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("translated text")
        verbose_name_plural = _("translated texts")

    def __str__(self) -> str:
        return f"{self.task_id}, source version {self.source_version}"

    @property
    def known(self) -> list[Known]:
        return [
            Known(row["path"], row["source"], row["target"], row.get("author", ""), row.get("origin", TYPED))
            for row in self.segments
        ]
