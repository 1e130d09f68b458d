"""What can be found: one text in one language, as its readers see it now."""

from collections.abc import Iterable, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from search.engines import EVERYBODY

LONGEST_BODY = 120_000  # characters that are looked through; the rest of a text is not found


class Entry(index.Indexed, models.Model):
    """Made by its app's source (`search.registry`), from which it can be made anew at any time.

    The columns by which hits are chosen, counted and ordered come first: rows are read from their beginning.
    """

    ref = models.CharField(max_length=40, unique=True)  # "page:12": its source and the id of its object there
    object = models.BigIntegerField(default=0)  # that id
    section = models.CharField(max_length=10)
    kind = models.CharField(max_length=12)  # "if", "term", "person", "post" …
    language = models.CharField(max_length=12)
    work = models.CharField(max_length=40, db_index=True)  # what all languages, or a whole topic, share
    access = models.CharField(max_length=24, default=EVERYBODY)  # who sees it: see `search.engines`
    moment = models.DateTimeField()  # when it was written, or what it tells of took place
    archived = models.BooleanField(default=False)
    until = models.DateTimeField(null=True, blank=True)  # when it is to be taken down
    marks = models.TextField(blank=True)  # "theme=finance year=2009": see `facets`
    code = models.CharField(max_length=24, blank=True)
    title = models.CharField(max_length=255)
    names = models.TextField(blank=True)  # people, places and such that it is filed under
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    files = models.TextField(blank=True)  # what stands in its attached files
    # Grows by one with every change: a trigger of the database sees to it (`search.noting`).
    version = models.PositiveBigIntegerField(default=1, editable=False)

    # Index and entries are written together: see `search.services.indexing`.
    search_auto_update = False
    search_fields = [
        index.SearchField("title", boost=10),
        index.SearchField("code", boost=10),
        index.SearchField("names", boost=4),
        index.SearchField("summary", boost=4),
        index.SearchField("body"),
        index.SearchField("files", boost=0.5),
        index.AutocompleteField("title"),
        index.FilterField("section"),
        index.FilterField("kind"),
        index.FilterField("language"),
        index.FilterField("work"),
        index.FilterField("access"),
        index.FilterField("moment"),
        index.FilterField("archived"),
        index.FilterField("until"),
        index.FilterField("marks"),
    ]

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [models.Index(fields=["language"], name="search_entry_language")]

    def __str__(self) -> str:
        return f"{self.ref}: {self.title}"

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet:
        """None for the library's own rebuilding: entries are indexed as they are written, see above."""
        return cls.objects.none()

    @property
    def facets(self) -> dict[str, list[str]]:
        """{facet: values}, of the facets of its section."""
        found: dict[str, list[str]] = {}
        for mark in self.marks.split():
            facet, _equals, value = mark.partition("=")
            found.setdefault(facet, []).append(value)
        return found


def packed(facets: Mapping[str, Iterable[str]]) -> str:
    """As `Entry.marks` keeps them. Values hold no blanks; one that does is left out."""
    return " ".join(
        f"{facet}={value}"
        for facet, values in facets.items()
        for value in dict.fromkeys(values)
        if value and not any(map(str.isspace, value))
    )
