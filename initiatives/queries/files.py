"""Pictures and files shown on a page, by id: one query for each (and one for the pictures' sizes)."""

from collections.abc import Iterable
from dataclasses import dataclass

from cms.core.licences import LICENCES
from cms.media.models import Attachment, Picture

WIDTHS = (480, 960, 1440)
_FORMATS = ("avif", "webp")
_LICENCE_NAMES = dict(LICENCES)


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
    """Sizes that do not exist yet are made once, at the first showing."""
    ids = set(ids)
    if not ids:
        return {}
    filters = [f"width-{width}|format-{kind}" for kind in _FORMATS for width in WIDTHS]
    shown = {}
    for picture in Picture.objects.filter(pk__in=ids).prefetch_renditions(*filters):
        try:
            renditions = picture.get_renditions(*filters)
        except OSError:  # the file is gone or damaged: the page stands without it
            continue
        sets = {}
        for kind in _FORMATS:
            # A small original gives the same size more than once.
            sizes = {r.width: r for spec, r in renditions.items() if spec.endswith(kind)}
            sets[kind] = ", ".join(f"{r.url} {width}w" for width, r in sorted(sizes.items()))
            largest = sizes[max(sizes)]
        shown[picture.pk] = ShownPicture(
            avif=sets["avif"],
            webp=sets["webp"],
            url=largest.url,
            width=largest.width,
            height=largest.height,
            description=picture.description or "",
            credit=picture.credit,
            licence=_LICENCE_NAMES.get(picture.licence, ""),
        )
    return shown


def files_by_id(ids: Iterable[int]) -> dict[int, Attachment]:
    ids = set(ids)
    return {file.pk: file for file in Attachment.objects.filter(pk__in=ids)} if ids else {}
