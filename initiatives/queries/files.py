"""Pictures and files shown on a page, by id: one query for each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.storage import default_storage

from cms.core.licences import LICENCES
from cms.core.prepared import Prepared, numbers
from cms.media.models import Attachment, Picture
from cms.media.renditions import FORMATS, reading_specs

SIZES = reading_specs()
_LICENCE_NAMES = dict(LICENCES)
_SIZED = Prepared(
    lambda slots: (
        Picture.objects.filter(pk__in=numbers(slots))
        .order_by()
        .values_list(
            "pk",
            "description",
            "credit",
            "licence",
            "renditions__filter_spec",
            "renditions__file",
            "renditions__width",
            "renditions__height",
        )
    )
)


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture in several sizes: `srcset` values per format, and one address for all else."""

    avif: str
    webp: str
    url: str
    width: int
    height: int
    description: str
    credit: str
    licence: object


def pictures_by_id(ids: Iterable[int]) -> dict[int, ShownPicture]:
    """One query. Sizes that do not exist yet are made once, at the first showing."""
    ids = set(ids)
    facts: dict[int, tuple] = {}
    sizes: dict[int, dict[str, tuple]] = {}
    for pk, description, credit, licence, spec, name, width, height in _SIZED.rows_of(ids):
        facts[pk] = (description, credit, licence)
        if spec in SIZES:
            sizes.setdefault(pk, {})[spec] = (default_storage.url(name), width, height)
    shown = {}
    for pk, fact in facts.items():
        made = sizes.get(pk, {})
        if len(made) < len(SIZES):
            made = _make_sizes(pk)
        if made:
            shown[pk] = _shown(made, *fact)
    return shown


def _make_sizes(pk: int) -> dict[str, tuple]:
    try:
        renditions = Picture.objects.get(pk=pk).get_renditions(*SIZES)
    except OSError:  # the file is gone or damaged: the page stands without it
        return {}
    return {spec: (made.url, made.width, made.height) for spec, made in renditions.items()}


def _shown(made: dict[str, tuple], description: str, credit: str, licence: str) -> ShownPicture:
    sets, largest = {}, ("", 0, 0)
    for kind in FORMATS:
        # A small original gives the same size more than once.
        by_width = {size[1]: size for spec, size in made.items() if spec.endswith(kind)}
        sets[kind] = ", ".join(f"{by_width[width][0]} {width}w" for width in sorted(by_width))
        largest = by_width[max(by_width)]
    return ShownPicture(
        sets["avif"], sets["webp"], *largest, description or "", credit, _LICENCE_NAMES.get(licence, "")
    )


def files_by_id(ids: Iterable[int]) -> dict[int, Attachment]:
    ids = set(ids)
    return {file.pk: file for file in Attachment.objects.filter(pk__in=ids)} if ids else {}
