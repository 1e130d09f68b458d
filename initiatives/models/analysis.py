from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.blocks.scales import SCALES
from cms.core.rich_text import INLINE

from .document import Document
from .editor import document_editor


class Analysis(Document):
    """Analysis and proposals: what experience teaches, and what follows from it, at which scale."""

    kind_code = "AP"
    edit_handler = document_editor(
        _(
            "Analysis and proposals announce rather than denounce: what was learnt from experience, then numbered "
            "proposals, each addressed to a scale and drawn from documents readers can open."
        ),
        link_panels=[
            InlinePanel(
                "proposals",
                label=_("Proposal"),
                heading=_("Numbered proposals"),
                help_text=_("Numbers follow the order. Drag a proposal to move it."),
            )
        ],
    )

    class Meta:
        verbose_name = _("analysis and proposals")
        verbose_name_plural = _("analyses and proposals")


class AnalysisProposal(TranslatableMixin, Orderable):
    analysis = ParentalKey(Analysis, on_delete=models.CASCADE, related_name="proposals")
    scale = models.CharField(_("addressed to"), max_length=16, choices=SCALES)
    text = RichTextField(_("proposal"), features=INLINE)
    drawn_from = StreamField(
        [("document", blocks.PageChooserBlock(page_type="initiatives.Document", label=_("Document")))],
        blank=True,
        verbose_name=_("drawn from"),
    )
    panels = [
        FieldPanel("text"),
        FieldPanel("scale"),
        FieldPanel("drawn_from", help_text=_("The documents whose experience it rests on.")),
    ]
    override_translatable_fields = [
        TranslatableField("text"),
        SynchronizedField("scale"),
        SynchronizedField("drawn_from"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
