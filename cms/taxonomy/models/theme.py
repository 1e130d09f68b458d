from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.entry_forms import key_panel, name_panel
from cms.core.snippets import TranslatedEntry


class Theme(TranslatedEntry, index.Indexed):
    """What documents are about: a small tree."""

    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children", verbose_name=_("under")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    panels = [
        name_panel(),
        key_panel(),
        FieldPanel("parent", help_text=_("Leave empty for a theme at the top.")),
        FieldPanel("description", help_text=_("One or two sentences: what belongs here, and what does not.")),
        FieldPanel("order", help_text=_("Smaller numbers come first.")),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        TranslatableField("name"),
        TranslatableField("description"),
        SynchronizedField("slug"),
        SynchronizedField("parent"),
        SynchronizedField("order"),
    ]

    class Meta(TranslatedEntry.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.parent and self.parent.translation_key == self.translation_key:
            raise ValidationError({"parent": _("A theme cannot stand under itself.")})
