"""What people say about translations: to one another, to a check that nags, and to the site as readers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SegmentComment(models.Model):
    task = models.ForeignKey("translations.TranslationTask", models.CASCADE, related_name="comments")
    key = models.CharField(max_length=16)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=120)
    text = models.TextField(max_length=4000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("comment on a segment")
        verbose_name_plural = _("comments on segments")
        indexes = [models.Index(fields=["task", "key", "id"], name="translations_comments")]

    def __str__(self) -> str:
        return self.text[:60]


class DismissedCheck(models.Model):
    """A warning that somebody looked at and found to be none. Holds for the very words it was about."""

    task = models.ForeignKey("translations.TranslationTask", models.CASCADE, related_name="dismissed_checks")
    key = models.CharField(max_length=16)
    code = models.CharField(max_length=40)
    text_hash = models.CharField(max_length=32)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("dismissed check")
        verbose_name_plural = _("dismissed checks")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "key", "code", "text_hash"], name="translations_dismissed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.code}"


class LanguageRequest(models.Model):
    """A reader would like to have a work in a language. Once for each person."""

    task = models.ForeignKey("translations.TranslationTask", models.CASCADE, related_name="reader_requests")
    # An account, or a key made from the reader's connection that cannot be turned back into it.
    person = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reader's request")
        verbose_name_plural = _("readers' requests")
        constraints = [models.UniqueConstraint(fields=["task", "person"], name="translations_request_once")]

    def __str__(self) -> str:
        return f"{self.task_id}"
