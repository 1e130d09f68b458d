from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from cms.core.entry_forms import key_panel, name_panel
from cms.core.snippets import SharedEntry


class BibliographyEntry(SharedEntry, index.Indexed):
    """A work that documents refer to. Cited as it was published, so it is the same in every language."""

    class Kind(models.TextChoices):
        BOOK = "book", _("book")
        ARTICLE = "article", _("article")
        REPORT = "report", _("report")
        PERIODICAL = "periodical", _("periodical")
        PRESENTATION = "presentation", _("presentation")
        LEGAL = "legal", _("law or public decision")
        WEBSITE = "website", _("web site")

    key_source = "title"

    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.BOOK)
    authors = models.TextField(
        _("authors"), blank=True, help_text=_("One a line: “Family, Given”, or an organisation's name.")
    )
    title = models.CharField(_("title"), max_length=255)
    subtitle = models.CharField(_("subtitle"), max_length=255, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    publisher = models.CharField(_("publisher"), max_length=160, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, blank=True)
    url = models.URLField(_("address on the web"), blank=True)

    panels = [
        FieldPanel("kind"),
        FieldPanel("authors"),
        name_panel("title"),
        key_panel(),
        FieldPanel("subtitle"),
        FieldRowPanel([FieldPanel("year"), FieldPanel("language")]),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("place")]),
        FieldPanel("url"),
        InlinePanel("notes", label=_("Note"), heading=_("Note")),
    ]
    search_fields = [
        index.SearchField("title"),
        index.SearchField("subtitle"),
        index.SearchField("authors"),
        index.AutocompleteField("title"),
    ]

    class Meta:
        verbose_name = _("work in the bibliography")
        verbose_name_plural = _("bibliography")
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["slug"], name="bibliography_slug_unique")]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title

    @property
    def author_list(self) -> list[str]:
        return [line.strip() for line in self.authors.splitlines() if line.strip()]


class BibliographyNote(Orderable):
    """A word on the work by the editors, in one language: the work is the same in all, what is said of it is not."""

    entry = ParentalKey(BibliographyEntry, on_delete=models.CASCADE, related_name="notes")
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    text = models.TextField(_("note"))

    panels = [FieldPanel("language"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("note")
