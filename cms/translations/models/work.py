"""What is translated: an original, as readers see it now, cut into segments."""

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.translations.segments import Segment


class Work(models.Model):
    """One for each original that is public: a page, or a shared entry. The text is renewed at each publication."""

    translation_key = models.UUIDField(unique=True)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()  # the row of the original
    # None for a shared entry, and once the page is deleted.
    page = models.OneToOneField(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="translated_work"
    )
    source_locale = models.ForeignKey("wagtailcore.Locale", models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    kind = models.CharField(max_length=40, db_index=True)  # key of the type among the filters
    version = models.PositiveIntegerField(
        default=0
    )  # number of the published revision; counts up for entries
    # One mapping a segment: path, text, order, block (type of the block or ""), rich, links (id → attributes).
    segments = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    # Its pictures and files, one mapping each: path, kind, id, block, words (that say what it is).
    media = models.JSONField(default=list)
    words = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField()
    public = models.BooleanField(default=True)  # False: taken down or deleted; work on it rests

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        indexes = [
            # The column stands behind the text: without it, whoever looks for these few reads all texts.
            models.Index(fields=["public"], condition=models.Q(public=False), name="translations_not_public"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_page(self) -> bool:
        return self.page_id is not None

    @property
    def source(self) -> list[Segment]:
        return [Segment(row["path"], row["text"], row["order"]) for row in self.segments]
