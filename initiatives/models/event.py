from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.rich_text import PROSE

from .document import Document
from .editor import document_editor


class Event(Document):
    """An event or workshop. Its organisers are organisations with that part."""

    kind_code = "EV"
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("to"), null=True, blank=True)
    registration_deadline = models.DateField(_("register before"), null=True, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    venue_territory = models.ForeignKey(
        "taxonomy.Territory",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place"),
    )
    parent_event = models.ForeignKey(
        "initiatives.Event",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="part_events",
        verbose_name=_("part of the event"),
    )
    registered = models.PositiveIntegerField(_("registered"), null=True, blank=True)
    present = models.PositiveIntegerField(_("present"), null=True, blank=True)
    conclusions = RichTextField(_("conclusions"), features=PROSE, blank=True)

    edit_handler = document_editor(
        _(
            "An event or workshop: what it is about, when and where, its sessions and themes with their working "
            "papers, and afterwards its figures and conclusions."
        ),
        text_panels=[
            InlinePanel("sessions", label=_("Session"), heading=_("Sessions")),
            InlinePanel("event_themes", label=_("Theme"), heading=_("Themes and working papers")),
            FieldPanel("conclusions", help_text=_("What was agreed, and what was not.")),
        ],
        fact_panels=[
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
                    FieldPanel("registration_deadline"),
                    FieldPanel("venue", help_text=_("A public place. No private address.")),
                    FieldPanel("venue_territory"),
                    PageChooserPanel("parent_event", "initiatives.Event"),
                ],
                heading=_("The event"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("registered"), FieldPanel("present")]),
                    InlinePanel("countries", label=_("Country"), heading=_("Countries represented")),
                ],
                heading=_("Figures"),
            ),
        ],
        link_panels=[
            InlinePanel("national_cases", label=_("National case"), heading=_("National case studies")),
            InlinePanel("contributions", label=_("Contribution"), heading=_("Contributions")),
        ],
    )
    override_translatable_fields = [
        *Document.override_translatable_fields,
        SynchronizedField("starts", overridable=False),
        SynchronizedField("ends", overridable=False),
        SynchronizedField("registration_deadline", overridable=False),
        TranslatableField("venue"),
        SynchronizedField("venue_territory", overridable=False),
        SynchronizedField("parent_event", overridable=False),
        SynchronizedField("registered", overridable=False),
        SynchronizedField("present", overridable=False),
        SynchronizedField("countries", overridable=False),
    ]

    class Meta:
        verbose_name = _("event or workshop")
        verbose_name_plural = _("events and workshops")

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("The end is before the beginning.")})
        if self.registration_deadline and self.ends and self.registration_deadline > self.ends:
            raise ValidationError({"registration_deadline": _("Registration cannot close after the event.")})
        if self._is_within_itself():
            raise ValidationError({"parent_event": _("An event cannot be part of itself.")})

    def _is_within_itself(self) -> bool:
        """Whether its parent, or an event that holds its parent, is this work. Meaning is in the keys."""
        seen: set = set()
        above = self.parent_event
        while above is not None and above.translation_key not in seen:
            if above.translation_key == self.translation_key:
                return True
            seen.add(above.translation_key)
            above = above.parent_event
        return False


class EventCountry(Orderable):
    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="countries")
    territory = models.ForeignKey(
        "taxonomy.Territory", models.CASCADE, related_name="+", verbose_name=_("country")
    )
    panels = [FieldPanel("territory")]


class Session(TranslatableMixin, Orderable):
    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="sessions")
    date = models.DateField(_("date"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    text = RichTextField(_("what happens"), features=PROSE, blank=True)
    panels = [FieldRowPanel([FieldPanel("title"), FieldPanel("date")]), FieldPanel("text")]
    override_translatable_fields = [
        SynchronizedField("date"),
        TranslatableField("title"),
        TranslatableField("text"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")


class EventTheme(TranslatableMixin, Orderable):
    """A working theme of an event, with its paper where there is one."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="event_themes")
    title = models.CharField(_("title"), max_length=200)
    text = RichTextField(_("what it asks"), features=PROSE, blank=True)
    paper_title = models.CharField(_("working paper"), max_length=200, blank=True)
    paper = models.ForeignKey(
        Document,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the paper's document"),
    )
    panels = [
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("paper_title"),
        PageChooserPanel("paper", "initiatives.Document"),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("text"),
        TranslatableField("paper_title"),
        SynchronizedField("paper"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("theme of an event")
        verbose_name_plural = _("themes of an event")


class NationalCase(TranslatableMixin, Orderable):
    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="national_cases")
    title = models.CharField(_("title"), max_length=200)
    territory = models.ForeignKey(
        "taxonomy.Territory",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
    )
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("its document")
    )
    panels = [
        FieldPanel("title"),
        FieldPanel("territory"),
        PageChooserPanel("document", "initiatives.Document"),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        SynchronizedField("territory"),
        SynchronizedField("document"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("national case study")
        verbose_name_plural = _("national case studies")


class Contribution(TranslatableMixin, Orderable):
    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="contributions")
    title = models.CharField(_("title"), max_length=200)
    person = models.ForeignKey(
        "taxonomy.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("its document")
    )
    panels = [
        FieldPanel("title"),
        FieldPanel("person"),
        PageChooserPanel("document", "initiatives.Document"),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        SynchronizedField("person"),
        SynchronizedField("document"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
