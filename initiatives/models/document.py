"""The concrete base of all document types: what they share stands in one table, so a list is one query."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelsearch import index
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.addresses import is_fixed_library_address
from cms.core.licences import DEFAULT_LICENCE, LICENCES
from cms.core.serving import ServedPage
from cms.core.visibility import VisiblePageManager
from initiatives.blocks import DOCUMENT_BLOCKS
from initiatives.rules import (
    CONTRIBUTOR_PARTS,
    DATE_PRECISIONS,
    KINDS,
    ORGANISATION_PARTS,
    RELATION_CHOICES,
)

from .editor import ATTACHMENT_PANELS, ENTRY_PANELS, PART_PANELS, DocumentForm, document_editor


class Document(ServedPage, Page):
    """A document in one language. Its translations share `translation_key`, and with it the reference code."""

    kind_code = ""  # two letters of `rules.KINDS`, set by each type
    is_creatable = False
    parent_page_types = ["initiatives.LibraryPage"]
    subpage_types: list[str] = []
    base_form_class = DocumentForm

    summary = models.TextField(_("summary"), max_length=600)
    body = StreamField(DOCUMENT_BLOCKS, verbose_name=_("text"), blank=True)
    kind = models.CharField(
        _("type"), max_length=2, choices=list(KINDS.items()), editable=False, db_index=True
    )
    written_in = models.CharField(
        _("written in"),
        max_length=12,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("The language of the original. Filled in from the page if left empty."),
    )
    date = models.DateField(_("date of the document"), null=True, blank=True)
    date_precision = models.CharField(_("known to the"), max_length=8, choices=DATE_PRECISIONS, default="day")
    themes = ParentalManyToManyField(
        "taxonomy.Theme", blank=True, related_name="documents", verbose_name=_("themes")
    )
    collections = ParentalManyToManyField(
        "initiatives.Collection", blank=True, related_name="documents", verbose_name=_("collections")
    )
    provenance_document = models.ForeignKey(
        "initiatives.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="issued",
        verbose_name=_("comes from the document"),
    )
    provenance_note = models.CharField(_("provenance"), max_length=400, blank=True)
    licence = models.CharField(_("licence"), max_length=32, choices=LICENCES, default=DEFAULT_LICENCE)
    lead_image = models.ForeignKey(
        "media.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture at the head"),
    )
    lead_image_alt = models.CharField(_("the picture in words"), max_length=300, blank=True)

    objects = VisiblePageManager()

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("kind"),
    ]
    override_translatable_fields = [
        TranslatableField("summary"),
        SynchronizedField("written_in", overridable=False),
        SynchronizedField("date", overridable=False),
        SynchronizedField("date_precision", overridable=False),
        SynchronizedField("themes", overridable=False),
        SynchronizedField("collections", overridable=False),
        SynchronizedField("provenance_document", overridable=False),
        TranslatableField("provenance_note"),
        SynchronizedField("licence", overridable=False),
        SynchronizedField("lead_image"),
        TranslatableField("lead_image_alt"),
        SynchronizedField("territories", overridable=False),
        SynchronizedField("contributors", overridable=False),
        SynchronizedField("organisations", overridable=False),
        SynchronizedField("references", overridable=False),
        SynchronizedField("attachments"),
        SynchronizedField("relations", overridable=False),
    ]

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [models.Index(fields=["kind", "date"], name="document_kind_date")]

    def get_template(self, request, *args, **kwargs) -> str:
        """One template for all types: Wagtail gives each class its own `template`, heirs included."""
        return "initiatives/document.html"

    def save(self, *args, **kwargs):
        self.kind = self.kind_code or self.kind
        return super().save(*args, **kwargs)

    def full_clean(self, *args, **kwargs) -> None:
        if not self.written_in and self.locale_id:
            self.written_in = self.locale.language_code
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if is_fixed_library_address(self.slug):
            raise ValidationError({"slug": _("This word is an address of the site itself. Choose another.")})
        if self.date_precision == "unknown":
            self.date = None
        elif self.date is None:
            self.date_precision = "unknown"
        if self.provenance_document and self.provenance_document.translation_key == self.translation_key:
            raise ValidationError({"provenance_document": _("A document cannot come from itself.")})


class DocumentTerritory(Orderable):
    document = ParentalKey(Document, on_delete=models.CASCADE, related_name="territories")
    territory = models.ForeignKey(
        "taxonomy.Territory", models.CASCADE, related_name="+", verbose_name=_("territory")
    )
    panels = ENTRY_PANELS["territory"]


class DocumentContributor(Orderable):
    document = ParentalKey(Document, on_delete=models.CASCADE, related_name="contributors")
    person = models.ForeignKey("taxonomy.Person", models.CASCADE, related_name="+", verbose_name=_("person"))
    part = models.CharField(_("part"), max_length=16, choices=CONTRIBUTOR_PARTS, default="author")
    panels = PART_PANELS["person"]


class DocumentOrganisation(Orderable):
    document = ParentalKey(Document, on_delete=models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey(
        "taxonomy.Organisation", models.CASCADE, related_name="+", verbose_name=_("organisation")
    )
    part = models.CharField(_("part"), max_length=16, choices=ORGANISATION_PARTS, default="subject")
    panels = PART_PANELS["organisation"]


class DocumentReference(Orderable):
    """A work of the bibliography that the document refers to."""

    document = ParentalKey(Document, on_delete=models.CASCADE, related_name="references")
    entry = models.ForeignKey(
        "reference.BibliographyEntry", models.CASCADE, related_name="+", verbose_name=_("work")
    )
    pages = models.CharField(_("pages"), max_length=40, blank=True)
    panels = ENTRY_PANELS["entry"]


class DocumentAttachment(Orderable):
    document = ParentalKey(Document, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("media.Attachment", models.CASCADE, related_name="+", verbose_name=_("file"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    panels = ATTACHMENT_PANELS


class DocumentRelation(Orderable):
    """A typed relation, written once, read from both sides (see `initiatives.queries`)."""

    source = ParentalKey(Document, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=16, choices=RELATION_CHOICES, default="see_also")
    target = models.ForeignKey(
        Document, models.CASCADE, related_name="relations_received", verbose_name=_("document")
    )
    panels = ENTRY_PANELS["relation"]

    def clean(self) -> None:
        super().clean()
        # Compare works, so that a document does not relate to its translation. In the editor a row does not
        # know its document yet: `DocumentForm` asks the same there.
        source, target = getattr(self, "source", None), getattr(self, "target", None)
        if source and target and source.translation_key == target.translation_key:
            raise ValidationError({"target": _("A document cannot be related to itself.")})


__all__ = [
    "Document",
    "DocumentAttachment",
    "DocumentContributor",
    "DocumentOrganisation",
    "DocumentReference",
    "DocumentRelation",
    "DocumentTerritory",
    "document_editor",
]
