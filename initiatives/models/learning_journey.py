from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.rich_text import PROSE
from initiatives.rules import DATE_PRECISIONS

from .document import Document
from .editor import document_editor
from .reading_grid import READING_GRID_PANEL, ReadingGrid


class LearningJourney(ReadingGrid, Document):
    """A visit in situ in three half-days: illustrate, debate, propose; and what came of it, for years."""

    kind_code = "LJ"
    host_territory = models.ForeignKey(
        "taxonomy.Territory",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("host territory"),
    )
    host_organisation = models.ForeignKey(
        "taxonomy.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("host organisation"),
    )
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("to"), null=True, blank=True)
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    illustrate = RichTextField(_("illustrate"), features=PROSE, blank=True)
    debate = RichTextField(_("debate"), features=PROSE, blank=True)
    propose = RichTextField(_("propose"), features=PROSE, blank=True)

    edit_handler = document_editor(
        _(
            "A learning journey tells a visit in three half-days (illustrate, debate, propose), answers the reading "
            "grid, and keeps a dated follow-up of what came of it: come back and add to it in later years."
        ),
        text_panels=[
            MultiFieldPanel(
                [
                    FieldPanel(
                        "illustrate", help_text=_("First half-day: what hosts showed and visitors saw.")
                    ),
                    FieldPanel("debate", help_text=_("Second half-day: practice against theory and rules.")),
                    FieldPanel("propose", help_text=_("Third half-day: what was proposed, and to whom.")),
                ],
                heading=_("Three half-days"),
            ),
            READING_GRID_PANEL,
            InlinePanel(
                "follow_ups",
                label=_("Follow-up"),
                heading=_("What came of it"),
                help_text=_("One dated entry for each effect, oldest first."),
            ),
        ],
        fact_panels=[
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
                    FieldPanel("host_territory"),
                    FieldPanel("host_organisation"),
                    FieldPanel("participants", help_text=_("How many people took part.")),
                    InlinePanel("countries", label=_("Country"), heading=_("Countries they came from")),
                ],
                heading=_("The journey"),
            )
        ],
        link_panels=[InlinePanel("visited", label=_("Initiative"), heading=_("Initiatives visited"))],
    )
    override_translatable_fields = [
        *Document.override_translatable_fields,
        SynchronizedField("host_territory", overridable=False),
        SynchronizedField("host_organisation", overridable=False),
        SynchronizedField("starts", overridable=False),
        SynchronizedField("ends", overridable=False),
        SynchronizedField("participants", overridable=False),
        SynchronizedField("countries", overridable=False),
    ]

    class Meta:
        verbose_name = _("learning journey")
        verbose_name_plural = _("learning journeys")


class JourneyCountry(Orderable):
    journey = ParentalKey(LearningJourney, on_delete=models.CASCADE, related_name="countries")
    territory = models.ForeignKey(
        "taxonomy.Territory", models.CASCADE, related_name="+", verbose_name=_("country")
    )
    panels = [FieldPanel("territory")]


class VisitedInitiative(TranslatableMixin, Orderable):
    journey = ParentalKey(LearningJourney, on_delete=models.CASCADE, related_name="visited")
    name = models.CharField(_("name"), max_length=200)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("its document")
    )
    panels = [FieldPanel("name"), PageChooserPanel("document", "initiatives.Document")]
    override_translatable_fields = [TranslatableField("name"), SynchronizedField("document")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("initiative visited")
        verbose_name_plural = _("initiatives visited")


class FollowUp(TranslatableMixin, Orderable):
    """A dated effect of a journey."""

    journey = ParentalKey(LearningJourney, on_delete=models.CASCADE, related_name="follow_ups")
    date = models.DateField(_("date"))
    date_precision = models.CharField(
        _("known to the"), max_length=8, choices=DATE_PRECISIONS[:3], default="month"
    )
    text = RichTextField(_("what happened"), features=PROSE)
    panels = [FieldRowPanel([FieldPanel("date"), FieldPanel("date_precision")]), FieldPanel("text")]
    override_translatable_fields = [
        SynchronizedField("date"),
        SynchronizedField("date_precision"),
        TranslatableField("text"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
