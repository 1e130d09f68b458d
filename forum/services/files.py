"""Pictures and files that come with posts: looked at by their content, pictures made anew without what is hidden in them."""

import io
import os
import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence

from cms.media.checks import (
    CHECKS,
    PICTURE_FORMATS,
    check_attachment,
    check_picture,
    check_size,
    extension_of,
)
from forum.errors import demand
from forum.models import Draft, PostFile
from forum.rules import Trust, may_write
from forum.services.pacing import take_turn
from forum.standing import standing_of

LARGEST = 10 * 1024 * 1024  # bytes of one file
MOST_PIXELS = 40_000_000
WIDEST = 2000  # pixels: a larger picture is made smaller
MOST_UNSENT = 20  # files of one person that are in no post yet
UNSENT_KEPT = timedelta(days=1)
DAY = timedelta(days=1)
# Bytes that one person attaches in a day, by trust.
MOST_A_DAY = {Trust.NEW: 30 * 1024 * 1024, Trust.MEMBER: 200 * 1024 * 1024, Trust.TRUSTED: 1024 * 1024 * 1024}
PER_POST = 10
ANIMATED = {"GIF", "WEBP"}


def attach(user, upload: UploadedFile) -> PostFile:
    """Keep a file for the post that somebody is writing.

    Raises `ValidationError` that says what is wrong with it, and `Refused` for who may not write.
    """
    demand(may_write(standing_of(user), timezone.now()))
    name = clean_name(upload.name or "")
    extension = extension_of(name)
    check_size(upload.size or 0, LARGEST)
    demand_room(user, upload.size or 0)
    if extension in PICTURE_FORMATS:
        return picture(user, upload, name)
    if extension not in CHECKS:
        raise ValidationError(
            _("Files of this kind are not taken. Taken are: %(kinds)s.")
            % {"kinds": ", ".join(sorted({*PICTURE_FORMATS, *CHECKS}))}
        )
    check_attachment(upload, name)
    return keep(user, name, upload.read())


def demand_room(user, size: int) -> None:
    """`ValidationError` for who has too many files that are in no post, or attached too much in a day."""
    if PostFile.objects.filter(owner=user, post=None).count() >= MOST_UNSENT:
        raise ValidationError(
            _("%(number)s files wait to be sent already. Send them first.") % {"number": MOST_UNSENT}
        )
    lately = PostFile.objects.filter(owner=user, created_at__gt=timezone.now() - DAY)
    attached = lately.aggregate(size=Sum("size"))["size"] or 0
    if attached + size > MOST_A_DAY[standing_of(user).trust]:
        raise ValidationError(_("You have attached much today. Please go on tomorrow."))


def picture(user, upload: UploadedFile, name: str) -> PostFile:
    """Upright, not too large, and without where and when it was taken."""
    check_picture(upload, name, MOST_PIXELS)
    upload.seek(0)
    with Image.open(upload) as opened:
        data, size = made_anew(opened)
    return keep(user, name, data, is_picture=True, width=size[0], height=size[1])


def made_anew(opened: Image.Image) -> tuple[bytes, tuple[int, int]]:
    """The pixels of a picture in its own format, and its size. What moves goes on moving."""
    kind = opened.format or "PNG"
    out = io.BytesIO()
    if kind in ANIMATED and getattr(opened, "n_frames", 1) > 1:
        frames = [frame.copy() for frame in ImageSequence.Iterator(opened)]
        for frame in frames:
            frame.thumbnail((WIDEST, WIDEST))
        durations = [frame.info.get("duration", 100) for frame in ImageSequence.Iterator(opened)]
        frames[0].save(
            out,
            kind,
            save_all=True,
            append_images=frames[1:],
            duration=durations,
            loop=opened.info.get("loop", 0),
        )
        return out.getvalue(), frames[0].size
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((WIDEST, WIDEST))
    still = Image.new(upright.mode, upright.size)
    if upright.mode == "P":
        still = upright.convert("RGBA")
    else:
        still.paste(upright)
    if kind == "JPEG" and still.mode not in {"RGB", "L"}:
        still = still.convert("RGB")
    profile = opened.info.get("icc_profile") if still.mode == opened.mode else None
    options = {"quality": 85} if kind in {"JPEG", "WEBP", "AVIF"} else {"optimize": True}
    still.save(out, kind, icc_profile=profile, **options)
    return out.getvalue(), still.size


def keep(user, name: str, data: bytes, **fields) -> PostFile:
    """Whether there is room is asked again when it counts: several may have been sent at the same moment."""
    row = PostFile(owner=user, name=name, size=len(data), **fields)
    # Under its key: what a file is called says nothing about where it lies.
    row.file.save(f"{row.key}.{extension_of(name)}", ContentFile(data), save=False)
    try:
        with transaction.atomic():
            take_turn(user.pk)
            demand_room(user, row.size)
            row.save()
    except BaseException:
        row.file.storage.delete(row.file.name or "")
        raise
    return row


def clean_name(name: str) -> str:
    """Without folders, and without what a header or an address cannot hold."""
    name = re.sub(r"[^\w.()+, -]", "_", os.path.basename(name.replace("\\", "/")).strip())
    stem, dot, extension = name.rpartition(".")
    return f"{(stem or 'file')[:120]}{dot}{extension.lower()[:10]}"


def markdown_of(row: PostFile) -> str:
    """How a text shows the file. The words of a picture are for who does not see it: its author writes them."""
    words = re.sub(r"([\\\[\]`*_<>])", r"\\\1", row.name.rpartition(".")[0] if row.is_picture else row.name)
    return f"{'!' if row.is_picture else ''}[{words}]({address_of(row)})"


def address_of(row: PostFile) -> str:
    name = re.sub(r"[^\w.-]", "-", row.name, flags=re.ASCII)
    return f"/forum/files/{row.key}/{name}"


def remove_unsent() -> None:
    """Run with time: files that were in no post a day after they came go, unless a draft still names them."""
    old = list(
        PostFile.objects.filter(post=None, created_at__lt=timezone.now() - UNSENT_KEPT).order_by("pk")[:500]
    )
    if not old:
        return
    owners = {row.owner_id for row in old if row.owner_id}
    drafts: dict[int, str] = {}
    for owner_id, data in Draft.objects.filter(user__in=owners).values_list("user_id", "data"):
        drafts[owner_id] = drafts.get(owner_id, "") + str(data.get("text", ""))
    for row in old:
        if str(row.key) not in drafts.get(row.owner_id or 0, ""):
            remove(row)


@transaction.atomic
def remove(row: PostFile) -> None:
    """The row, and what lies in the storage once that is certain."""
    storage, place = row.file.storage, row.file.name
    if PostFile.objects.filter(Q(pk=row.pk), post=None).delete()[0]:
        transaction.on_commit(lambda: storage.delete(place) if place else None)
