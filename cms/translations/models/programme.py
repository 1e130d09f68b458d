from django.db import models
from django.utils.translation import gettext_lazy as _


class LanguageProgramme(models.Model):
    """What stands behind a language: who funds it, for how long, how many words, and whether it is open."""

    locale = models.OneToOneField("wagtailcore.Locale", models.CASCADE, related_name="programme")
    funded_by = models.ForeignKey(
        "taxonomy.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("funded by"),
    )
    begins_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    word_budget = models.PositiveIntegerField(
        _("word budget"), null=True, blank=True, help_text=_("How many words of originals it pays for.")
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("How to help, whom to write to. Shown to readers.")
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("language programme")
        verbose_name_plural = _("language programmes")

    def __str__(self) -> str:
        return str(self.locale)

    @property
    def is_closed(self) -> bool:
        """What exists stays readable; nothing new is asked for."""
        return self.closed_at is not None
