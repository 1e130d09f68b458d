"""What stands in the files that a page shows: in those that everybody may open."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, Q
from django.db.models.fields import BigIntegerField
from django.db.models.functions import Cast
from wagtail.fields import RichTextField, StreamField
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex
from wagtail.rich_text import extract_references_from_rich_text

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

    def load(self, pages: Iterable[Any], rows: Iterable[str] = ()) -> None:
        """Four queries, where the pages show any files. `rows`: relations to rows that are part of them."""
        for page in pages:
            self._of_page[page.pk] = list(dict.fromkeys(files_of(page, rows)))
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


def files_of(page: Any, rows: Iterable[str] = ()) -> Iterator[int]:
    """Ids of the files that a page of its own type shows, in whatever field of its own and of its `rows`.

    Wagtail's index of references knows them too, but a job of its own writes that: it may come after this.
    """
    yield from _in_fields(page)
    for name in rows:
        for row in getattr(page, name).all():
            yield from _in_fields(row)


def _in_fields(instance: Any) -> Iterator[int]:
    for field in instance._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model is Attachment:
            yield from filter(None, [getattr(instance, field.attname)])
        elif isinstance(field, RichTextField):
            yield from _linked_in(getattr(instance, field.attname) or "")
        elif isinstance(field, StreamField):
            yield from _in_blocks(list(getattr(getattr(instance, field.attname), "raw_data", ())))


def _in_blocks(value: Any) -> Iterator[int]:
    """In whatever blocks hold: blocks of files, and links of texts."""
    if isinstance(value, str):
        yield from _linked_in(value)
    elif isinstance(value, list):
        for each in value:
            yield from _in_blocks(each)
    elif isinstance(value, dict):
        shown = value.get("value")
        if value.get("type") == "file" and isinstance(shown, dict) and shown.get("file"):
            yield shown["file"]
        for each in value.values():
            yield from _in_blocks(each)


def _linked_in(html: str) -> Iterator[int]:
    if "linktype" in html:
        for model, pk, *_path in extract_references_from_rich_text(html):
            if model is Attachment and str(pk).isdecimal():
                yield int(pk)


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
