"""The pictures and files of a translation: what stands where, what there is to choose from, and how it is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError
from wagtail.permissions import policy_registry

from cms.translations.labels import media_name
from cms.translations.models import TranslationTask
from cms.translations.queries.texts import media_standings
from cms.translations.replacing import FILE, PICTURE, MediaPlace, MediaStanding, chosen

THUMBNAIL = "width-480|format-webp"  # one of the sizes that readers get
Ids = Mapping[str, Iterable[int]]  # kind → ids


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or a file, as it is shown to those who translate."""

    id: int
    kind: str
    title: str
    address: str  # of a small picture, or of the file
    width: int = 0
    height: int = 0
    detail: str = ""  # "PDF"; and who made it
    credit: str = ""


@dataclass(frozen=True, slots=True)
class MediaLine:
    """A place of the original beside what stands there in the translation."""

    name: str  # of the place
    standing: MediaStanding
    source: Medium | None  # None: deleted since
    now: Medium | None  # what readers will see
    before: Medium | None  # what they see now, where that is another one
    gone: bool  # what was chosen was deleted: the original's is shown

    @property
    def place(self) -> MediaPlace:
        return self.standing.place


def replacements_of(task: TranslationTask) -> dict[str, int]:
    """Path → id of what stands in for the original's, as it is chosen now. What was deleted meanwhile does not.

    Two queries at most, none where nothing is replaced.
    """
    found = media_standings(task)
    there = {kind: _there(kind, ids) for kind, ids in _ids(found, lambda each: [each.chosen]).items()}
    kinds = {each.place.path: each.place.kind for each in found}
    return {path: pk for path, pk in chosen(found).items() if pk in there[kinds[path]]}


def _ids(found: Iterable[MediaStanding], ids_of) -> dict[str, set[int]]:
    ids: dict[str, set[int]] = {PICTURE: set(), FILE: set()}
    for each in found:
        ids[each.place.kind].update(pk for pk in ids_of(each) if pk)
    return ids


def _there(kind: str, ids: set[int]) -> set[int]:
    return set(model_of(kind).objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def model_of(kind: str) -> Any:
    return get_image_model() if kind == PICTURE else get_document_model()


def choosable(user, kind: str) -> QuerySet:
    """What somebody may choose from, by the rights on collections."""
    return policy_registry.get_by_type(model_of(kind)).instances_user_has_any_permission_for(user, ["choose"])


def may_upload(user, kind: str) -> bool:
    return policy_registry.get_by_type(model_of(kind)).user_has_permission(user, "add")


def media_lines(task: TranslationTask) -> list[MediaLine]:
    """Every place of the original. Three queries at most, none where it has no pictures and no files."""
    found = media_standings(task)
    shown = shown_media(_ids(found, lambda each: [each.place.id, each.chosen, each.shown]))
    model: Any = ContentType.objects.get_for_id(task.work.content_type_id).model_class()
    return [_line(each, shown, media_name(model, each.place)) for each in found]


def _line(each: MediaStanding, shown: Mapping[tuple[str, int], Medium], name: str) -> MediaLine:
    kind = each.place.kind
    source, other = shown.get((kind, each.place.id)), shown.get((kind, each.chosen))
    before = shown.get((kind, each.shown or 0))
    now = other or source
    gone = bool(each.chosen) and other is None
    return MediaLine(name, each, source, now, before if before != now else None, gone)


def shown_media(ids: Ids) -> dict[tuple[str, int], Medium]:
    """(kind, id) → what is shown of it; without those that are gone. Two queries for pictures, one for files."""
    shown = {}
    if pictures := set(ids.get(PICTURE, ())):
        model = get_image_model()
        sizes = _sizes(model, pictures)
        for picture in model.objects.filter(pk__in=pictures):
            shown[PICTURE, picture.pk] = _picture(picture, sizes.get(picture.pk))
    if files := set(ids.get(FILE, ())):
        for file in get_document_model().objects.filter(pk__in=files):
            shown[FILE, file.pk] = Medium(
                file.pk, FILE, file.title, file.url, detail=file.file_extension.upper(), credit=file.credit
            )
    return shown


def _sizes(model: Any, pictures: set[int]) -> dict[int, tuple[str, int, int]]:
    rows = model.get_rendition_model().objects.filter(image__in=pictures, filter_spec=THUMBNAIL)
    return {
        pk: (name, width, height)
        for pk, name, width, height in rows.values_list("image_id", "file", "width", "height")
    }


def _picture(picture: Any, size: tuple[str, int, int] | None) -> Medium:
    if size is not None:
        name, width, height = size
        return Medium(
            picture.pk, PICTURE, picture.title, default_storage.url(name), width, height, "", picture.credit
        )
    try:
        # Uploaded a moment ago: the sizes are made in the background, this one now.
        made = picture.get_rendition(THUMBNAIL)
    except (OSError, SourceImageIOError, InvalidFilterSpecError):
        return Medium(picture.pk, PICTURE, picture.title, "", credit=picture.credit)
    return Medium(picture.pk, PICTURE, picture.title, made.url, made.width, made.height, "", picture.credit)
