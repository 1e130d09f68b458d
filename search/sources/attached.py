"""What stands in the files that a page shows: in those that everybody may open."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, Q
from django.db.models.fields import BigIntegerField
from django.db.models.functions import Cast
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex

from cms.media.models import Attachment
from search.models import FileText
from search.models.file_text import READ
from search.readable import digest_of, kind_of


class AttachedTexts:
    """The texts of files, loaded for some pages at a time."""

    def __init__(self) -> None:
        self._of_page: dict[int, list[int]] = {}
        self._texts: dict[int, str] = {}
        self._unread: set[int] = set()

    def load(self, pages: Iterable[Any]) -> None:
        """Four queries, where the pages show any files."""
        for page in pages:
            self._of_page[page.pk] = list(dict.fromkeys(files_of(page)))
        wanted = {pk for page in pages for pk in self._of_page[page.pk]}
        if not wanted:
            return
        files = public_files().filter(pk__in=wanted)
        known = FileText.objects.in_bulk(wanted)
        for file in files:
            text = known.get(file.pk)
            if text is None or text.digest != digest_of(file):
                if kind_of(file):
                    self._unread.add(file.pk)
            elif text.state == READ:
                self._texts[file.pk] = text.text

    def text(self, page: Any) -> str:
        return "\n".join(self._texts[pk] for pk in self._of_page[page.pk] if pk in self._texts)

    def unread(self, page: Any) -> tuple[int, ...]:
        return tuple(pk for pk in self._of_page[page.pk] if pk in self._unread)


def files_of(page: Any) -> Iterator[int]:
    """Ids of the files that a page of its own type shows, in whatever field."""
    for field in page._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model is Attachment:
            yield from filter(None, [getattr(page, field.attname)])
    if hasattr(page, "attachments"):
        yield from (row.file_id for row in page.attachments.all())
    for block in getattr(getattr(page, "body", None), "raw_data", ()):
        value = block.get("value")
        if block.get("type") == "file" and isinstance(value, dict) and value.get("file"):
            yield value["file"]


def public_files() -> Any:
    """Files in collections that no view restriction keeps from anybody."""
    hidden = Q(pk__in=[])
    for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        hidden |= Q(collection__path__startswith=path)
    return Attachment.objects.exclude(hidden)


def pages_showing(attachment_ids: Iterable[int]) -> Any:
    """Ids of the pages that show some files, as Wagtail's index of references knows them."""
    types = ContentType.objects.get_for_models(Page, Attachment)
    references = ReferenceIndex.objects.filter(
        base_content_type=types[Page],
        to_content_type=types[Attachment],
        to_object_id__in=[str(pk) for pk in attachment_ids],
    )
    return references.values_list(Cast("object_id", BigIntegerField()), flat=True)
