from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

SUGGESTION_STATES = [
    ("new", _("new")),
    ("held", _("held back as possible spam")),
    ("drafted", _("made into a draft")),
    ("answered", _("answered")),
    ("refused", _("put aside")),
]
LONGEST_SUGGESTION, LONGEST_PASSAGE = 20_000, 5_000  # characters


class Suggestion(models.Model):
    """A correction that a reader proposes, with or without an account. Seen by editors only."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="suggestions")
    base = models.ForeignKey("wiki.PublishedRevision", models.SET_NULL, null=True, related_name="+")
    passage = models.TextField(blank=True)
    text = models.TextField()
    name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=12)
    form_token = models.UUIDField(unique=True)
    state = models.CharField(max_length=12, choices=SUGGESTION_STATES, default="new", db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.text[:60]}"
