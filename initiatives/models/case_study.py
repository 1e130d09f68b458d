from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import MultipleChooserPanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField

from .document import Document
from .editor import document_editor
from .reading_grid import READING_GRID_PANEL, ReadingGrid


class CaseStudy(ReadingGrid, Document):
    kind_code = "CS"
    edit_handler = document_editor(
        _(
            "A case study goes deeper than an initiative file: it tells how things came about, and answers the "
            "five questions of the reading grid so that cases can be put side by side."
        ),
        text_panels=[READING_GRID_PANEL],
        link_panels=[
            MultipleChooserPanel(
                "deepened_files",
                chooser_field_name="initiative_file",
                label=_("Initiative file"),
                heading=_("Initiative files it deepens"),
            )
        ],
    )
    override_translatable_fields = [
        *Document.override_translatable_fields,
        SynchronizedField("deepened_files", overridable=False),
    ]

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")


class DeepenedFile(Orderable):
    case_study = ParentalKey(CaseStudy, on_delete=models.CASCADE, related_name="deepened_files")
    initiative_file = models.ForeignKey(
        "initiatives.InitiativeFile", models.CASCADE, related_name="+", verbose_name=_("initiative file")
    )
    panels = [PageChooserPanel("initiative_file", "initiatives.InitiativeFile")]
