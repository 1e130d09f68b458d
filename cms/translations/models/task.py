"""A work in one language it is not written in: what there is, and what is being done."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.translations.rules import (
    CONTENT_STATES,
    IDLE,
    MISSING,
    NORMAL,
    PRIORITIES,
    WORK_STATES,
    label_of,
)
from cms.wiki.rules import SIGNIFICANCES

# What no public page shows. Readers see what there is, whether somebody is at it, and what it was made from; saving
# a draft changes none of that, and must not make every kept page old.
SHOWN = ("content_state", "significance", "words_changed", "baseline_id", "assignee_id", "submitted_at")
UNSHOWN = (
    *("work_state", "label", "need", "segments", "segments_done", "segments_drafted", "segments_changed"),
    *("words", "words_to_do"),
    *("claimed_at", "touched_at", "claim_expires_at", "warned_at", "due_on", "priority", "requests"),
    *("submission_id", "submitted_by_id", "reason", "replacements", "waiting_since"),
)


class TranslationTask(models.Model):
    """The queue reads this table alone: everything it shows or sorts by is kept here when something happens."""

    work = models.ForeignKey("translations.Work", models.CASCADE, related_name="tasks")
    target_locale = models.ForeignKey("wagtailcore.Locale", models.CASCADE, related_name="+")
    content_state = models.CharField(max_length=12, choices=CONTENT_STATES, default=MISSING)
    work_state = models.CharField(max_length=20, choices=WORK_STATES, default=IDLE)
    label = models.CharField(max_length=20, default=MISSING)  # as `rules.label_of` says
    significance = models.CharField(
        max_length=12, choices=SIGNIFICANCES, blank=True
    )  # of the source's change
    need = models.IntegerField(default=0)

    segments = models.PositiveIntegerField(default=0)
    segments_done = models.PositiveIntegerField(default=0)
    segments_drafted = models.PositiveIntegerField(
        default=0
    )  # not published yet, pictures and files included
    segments_changed = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    words_to_do = models.PositiveIntegerField(default=0)
    words_changed = models.PositiveIntegerField(default=0)

    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="translation_tasks"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField(null=True, blank=True)  # last sign of life of the assignee
    claim_expires_at = models.DateTimeField(null=True, blank=True, db_index=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=PRIORITIES, default=NORMAL)
    requests = models.PositiveIntegerField(default=0)  # of readers

    # In review, or sent back: the submission of the translated page, and who said what.
    submission = models.ForeignKey(
        "wiki.Submission", models.SET_NULL, null=True, blank=True, related_name="translation_tasks"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)  # of the reviewer, while changes are requested
    # The published translation that everything is measured against.
    baseline = models.ForeignKey(
        "translations.TranslatedText", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Pictures and files chosen to stand in for those of the source, and not published yet: path → id (0: the source's
    # own again), instead_of (what the source showed there then), by, at.
    replacements = models.JSONField(default=dict, blank=True)
    waiting_since = models.DateTimeField()  # for a translation, or for this change to be taken over

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(fields=["work", "target_locale"], name="translations_one_task")
        ]
        indexes = [
            models.Index(fields=["target_locale", "-need", "id"], name="translations_by_need"),
            models.Index(fields=["-need", "id"], name="translations_all_by_need"),
            models.Index(fields=["assignee", "-need"], name="translations_mine"),
            # All that counting by label reads.
            models.Index(
                fields=["target_locale", "label", "work", "words_to_do"], name="translations_counted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} → {self.target_locale_id} ({self.label})"

    def save(self, *args, **kwargs):
        self.label = label_of(self.content_state, self.work_state, wanted=self.is_wanted)
        super().save(*args, **kwargs)

    @property
    def is_planned(self) -> bool:
        """An editor says that it matters, or until when."""
        return self.priority != NORMAL or self.due_on is not None

    @property
    def is_wanted(self) -> bool:
        return self.is_planned or self.segments_drafted > 0

    @property
    def in_review(self) -> bool:
        return self.submitted_at is not None
