from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.entry_forms import key_panel, name_panel
from cms.core.snippets import TranslatedEntry


class Person(TranslatedEntry, index.Indexed):
    """Somebody the documents name. Not an account: see `cms.accounts` for those."""

    name = models.CharField(_("name"), max_length=120)
    sort_name = models.CharField(
        _("sorted as"), max_length=120, help_text=_("Family name first: “Poirier, Yvon”.")
    )
    mandate = models.TextField(_("mandate"), blank=True)
    expertise = models.TextField(_("expertise"), blank=True)
    regional_antenna = models.TextField(_("regional antenna"), blank=True)
    territory = models.ForeignKey(
        "taxonomy.Territory",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("territory"),
    )

    panels = [
        name_panel(),
        FieldRowPanel([FieldPanel("sort_name"), key_panel()]),
        FieldPanel("mandate", help_text=_("In whose name they speak, in one line.")),
        FieldPanel("expertise", help_text=_("What they know from practice.")),
        FieldPanel(
            "regional_antenna", help_text=_("Only for those who hold an antenna of the network: where.")
        ),
        FieldPanel("territory"),
        InlinePanel("affiliations", label=_("Organisation"), heading=_("Organisations")),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("mandate"),
        index.SearchField("expertise"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        SynchronizedField("name"),
        SynchronizedField("sort_name"),
        SynchronizedField("slug"),
        TranslatableField("mandate"),
        TranslatableField("expertise"),
        TranslatableField("regional_antenna"),
        SynchronizedField("territory"),
        SynchronizedField("affiliations"),
    ]

    class Meta(TranslatedEntry.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name"]

    def __str__(self) -> str:
        return self.name


class PersonOrganisation(Orderable):
    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        "taxonomy.Organisation", models.CASCADE, related_name="affiliations", verbose_name=_("organisation")
    )

    panels = [FieldPanel("organisation")]
