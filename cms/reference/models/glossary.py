from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.entry_forms import key_panel, name_panel
from cms.core.snippets import TranslatedEntry


class GlossaryTerm(TranslatedEntry, index.Indexed):
    """One term in one language; its equivalents are its translations."""

    key_source = "term"

    term = models.CharField(_("term"), max_length=120)
    definition = RichTextField(_("definition"), features=["bold", "italic", "link", "ol", "ul"])
    variants = models.TextField(_("variants"), blank=True)
    forbidden = models.TextField(_("forms not to use"), blank=True)
    note = models.TextField(_("note"), blank=True)
    do_not_translate = models.BooleanField(_("keep as it is in every language"), default=False)

    panels = [
        name_panel("term"),
        key_panel(),
        FieldPanel(
            "definition", help_text=_("What the network means by it, for someone who meets it first here.")
        ),
        MultiFieldPanel(
            [
                FieldPanel("variants", help_text=_("Other spellings and short forms, one a line.")),
                FieldPanel("forbidden", help_text=_("False friends and forms that mislead, one a line.")),
                FieldPanel("note", help_text=_("Why these forms mislead, or when to use which.")),
                FieldPanel("do_not_translate", help_text=_("For names that stay the same, such as CIGL.")),
            ],
            heading=_("For writers and translators"),
        ),
    ]
    search_fields = [
        index.SearchField("term"),
        index.SearchField("variants"),
        index.SearchField("definition"),
        index.AutocompleteField("term"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        TranslatableField("term"),
        TranslatableField("definition"),
        TranslatableField("variants"),
        TranslatableField("forbidden"),
        TranslatableField("note"),
        SynchronizedField("slug"),
        SynchronizedField("do_not_translate"),
    ]

    class Meta(TranslatedEntry.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    @property
    def variant_list(self) -> list[str]:
        return [line.strip() for line in self.variants.splitlines() if line.strip()]

    @property
    def forbidden_list(self) -> list[str]:
        return [line.strip() for line in self.forbidden.splitlines() if line.strip()]
