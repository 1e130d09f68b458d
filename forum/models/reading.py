"""How far each member has read, what they follow, and what they are writing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.models.category import Category
from forum.models.topic import Topic
from forum.rules import Level

LEVEL_CHOICES = [
    (Level.MUTED, _("muted")),
    (Level.NORMAL, _("normal")),
    (Level.TRACKING, _("tracking")),
    (Level.WATCHING, _("watching")),
]
REASONS = [
    ("chosen", _("chosen")),
    ("wrote", _("because they wrote in it")),
    ("opened", _("because they opened it")),
]


class Reading(models.Model):
    """One member and one topic. `last_read` is only ever raised; no `level` means that of the category."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_readings")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="readings")
    last_read = models.PositiveIntegerField(default=0)  # the number of a post
    level = models.PositiveSmallIntegerField(choices=LEVEL_CHOICES, null=True, blank=True)
    reason = models.CharField(max_length=8, choices=REASONS, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="forum_reading_once")]
        indexes = [
            models.Index(
                fields=["topic", "level"], condition=models.Q(level__isnull=False), name="forum_followers"
            ),
            models.Index(
                fields=["user", "level"], condition=models.Q(level__isnull=False), name="forum_followed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.topic_id} to {self.last_read}"


class CategoryLevel(models.Model):
    """How much of a category somebody wants to hear of."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_levels")
    category = models.ForeignKey(Category, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(choices=LEVEL_CHOICES, default=Level.NORMAL)

    class Meta:
        verbose_name = _("level of a category")
        verbose_name_plural = _("levels of categories")
        constraints = [models.UniqueConstraint(fields=["user", "category"], name="forum_category_level_once")]
        indexes = [models.Index(fields=["category", "level"], name="forum_category_followers")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.category_id} {self.level}"


class Draft(models.Model):
    """What somebody is writing. `key` names the place (`topic:12`, `new:3`, `edit:56`, `translate:56:es`).

    `sequence` counts its savings: a second window that saves on top of another's is told.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_drafts")
    key = models.CharField(max_length=60)
    data = models.JSONField(default=dict)  # of `services.drafts.FIELDS`
    sequence = models.PositiveIntegerField(default=1)
    window = models.CharField(max_length=40, blank=True)  # which window saved last
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft of a post")
        verbose_name_plural = _("drafts of posts")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="forum_draft_once")]
        indexes = [models.Index(fields=["saved_at"], name="forum_drafts_age")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.key}"
