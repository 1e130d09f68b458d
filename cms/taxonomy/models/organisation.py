from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.entry_forms import key_panel, name_panel
from cms.core.snippets import TranslatedEntry


class Organisation(TranslatedEntry, index.Indexed):
    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    territory = models.ForeignKey(
        "taxonomy.Territory",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("territory"),
    )
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    website = models.URLField(_("web site"), blank=True)
    mandate = models.TextField(_("mandate"), blank=True)
    expertise = models.TextField(_("expertise"), blank=True)

    panels = [
        name_panel(),
        FieldRowPanel([FieldPanel("acronym"), key_panel()]),
        FieldPanel("mandate", help_text=_("What it is there for, in one or two sentences.")),
        FieldPanel("expertise", help_text=_("What others can learn from it.")),
        FieldRowPanel([FieldPanel("territory"), FieldPanel("founded")]),
        FieldPanel("website", help_text=_("A public address. No personal e-mail or telephone.")),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("acronym"),
        index.SearchField("mandate"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        TranslatableField("name"),
        TranslatableField("mandate"),
        TranslatableField("expertise"),
        SynchronizedField("slug"),
        SynchronizedField("acronym"),
        SynchronizedField("territory"),
        SynchronizedField("founded"),
        SynchronizedField("website"),
    ]

    class Meta(TranslatedEntry.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
