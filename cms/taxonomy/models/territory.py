from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.entry_forms import key_panel, name_panel
from cms.core.snippets import TranslatedEntry


class Territory(TranslatedEntry, index.Indexed):
    """A place in the tree of places: continent, country, region, area, city."""

    class Kind(models.TextChoices):
        CONTINENT = "continent", _("continent")
        COUNTRY = "country", _("country")
        REGION = "region", _("region")
        AREA = "area", _("area")
        CITY = "city", _("city or commune")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.CITY)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children", verbose_name=_("within")
    )
    iso_code = models.CharField(
        _("ISO 3166 code"), max_length=6, blank=True, help_text=_("FR for a country, FR-11 for a region.")
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )

    panels = [
        name_panel(),
        key_panel(),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("iso_code")]),
        FieldPanel("parent"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])],
            heading=_("On the map"),
            help_text=_("Decimal degrees, for example 42.65 and 2.40. The middle of the place is enough."),
        ),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]
    override_translatable_fields = [
        TranslatableField("name"),
        SynchronizedField("slug"),
        SynchronizedField("kind"),
        SynchronizedField("parent"),
        SynchronizedField("iso_code"),
        SynchronizedField("latitude"),
        SynchronizedField("longitude"),
    ]

    class Meta(TranslatedEntry.Meta):
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError(_("Give both latitude and longitude, or neither."))
        above, seen = self.parent, set()
        while above is not None and above.pk not in seen:
            if above.translation_key == self.translation_key:
                raise ValidationError({"parent": _("A territory cannot lie within itself.")})
            seen.add(above.pk)
            above = above.parent
