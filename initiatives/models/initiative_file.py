from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.rich_text import PROSE

from .document import Document
from .editor import document_editor

SECTIONS = ("context", "what_is_done", "results", "difficulties", "lessons")


class InitiativeFile(Document):
    """A record of one initiative: who, where, since when, what is done, and what was learnt."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended")
        UNKNOWN = "unknown", _("not known")

    kind_code = "IF"
    carried_by = models.CharField(_("who"), max_length=300, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    since = models.PositiveSmallIntegerField(
        _("since"), null=True, blank=True, validators=[MinValueValidator(1000), MaxValueValidator(2100)]
    )
    state = models.CharField(
        _("state of the initiative"), max_length=8, choices=State.choices, default=State.UNKNOWN
    )
    website = models.URLField(_("web site"), blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    context = RichTextField(_("context"), features=PROSE, blank=True)
    what_is_done = RichTextField(_("what is done"), features=PROSE, blank=True)
    results = RichTextField(_("results"), features=PROSE, blank=True)
    difficulties = RichTextField(_("difficulties"), features=PROSE, blank=True)
    lessons = RichTextField(_("lessons"), features=PROSE, blank=True)

    edit_handler = document_editor(
        _(
            "An initiative file is a short record of one initiative: who carries it, where, since when, what is "
            "done, with which results and difficulties, and what others can learn. One or two pages are enough."
        ),
        text_panels=[
            FieldPanel("context", help_text=_("The situation it answers.")),
            FieldPanel("what_is_done", help_text=_("What people actually do, and how it is paid for.")),
            FieldPanel("results", help_text=_("What changed, with figures where there are some.")),
            FieldPanel("difficulties", help_text=_("What was hard, and what did not work.")),
            FieldPanel("lessons", help_text=_("What someone elsewhere could take from it.")),
        ],
        fact_panels=[
            MultiFieldPanel(
                [
                    FieldPanel("carried_by", help_text=_("The people or the organisation who carry it.")),
                    FieldRowPanel([FieldPanel("place"), FieldPanel("since")]),
                    FieldRowPanel([FieldPanel("state"), FieldPanel("website")]),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                ],
                heading=_("The initiative"),
                help_text=_("Latitude and longitude put it on the map; without them its territory does."),
            )
        ],
    )
    search_fields = [*Document.search_fields, *(index.SearchField(name) for name in SECTIONS)]
    override_translatable_fields = [
        *Document.override_translatable_fields,
        TranslatableField("carried_by"),
        TranslatableField("place"),
        SynchronizedField("since", overridable=False),
        SynchronizedField("state", overridable=False),
        SynchronizedField("website"),
        SynchronizedField("latitude", overridable=False),
        SynchronizedField("longitude", overridable=False),
    ]

    class Meta:
        verbose_name = _("initiative file")
        verbose_name_plural = _("initiative files")

    @property
    def sections(self) -> list[tuple[str, object, str]]:
        """(key, heading, rich text) of the sections that are filled in, in reading order."""
        rows = [(name, self._meta.get_field(name).verbose_name, getattr(self, name)) for name in SECTIONS]
        return [row for row in rows if row[2]]

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError(_("Give both latitude and longitude, or neither."))
