from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.rich_text import PROSE

from .document import Document
from .editor import document_editor


class Presentation(Document):
    """Slides as text that can be read, searched and translated. Its file is an attachment."""

    kind_code = "PR"
    given_at = models.ForeignKey(
        "initiatives.Event",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="presentations",
        verbose_name=_("given at the event"),
    )
    transcript = RichTextField(_("transcript"), features=PROSE, blank=True)

    edit_handler = document_editor(
        _(
            "A presentation as readable text: each slide with its heading and points, and what was said. Attach the "
            "original file under “Links and files”."
        ),
        text_panels=[
            InlinePanel("slides", label=_("Slide"), heading=_("Slides")),
            FieldPanel("transcript", help_text=_("What was said, or a summary of it.")),
        ],
        fact_panels=[PageChooserPanel("given_at", "initiatives.Event")],
    )
    override_translatable_fields = [
        *Document.override_translatable_fields,
        SynchronizedField("given_at", overridable=False),
        TranslatableField("transcript"),
    ]

    class Meta:
        verbose_name = _("presentation")
        verbose_name_plural = _("presentations")


class Slide(TranslatableMixin, Orderable):
    presentation = ParentalKey(Presentation, on_delete=models.CASCADE, related_name="slides")
    heading = models.CharField(_("heading"), max_length=200)
    points = models.TextField(_("points"), blank=True, help_text=_("One a line."))
    panels = [FieldPanel("heading"), FieldPanel("points")]
    override_translatable_fields = [TranslatableField("heading"), TranslatableField("points")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("slide")
        verbose_name_plural = _("slides")

    @property
    def point_list(self) -> list[str]:
        return [line.strip() for line in self.points.splitlines() if line.strip()]
