"""A member's copy of what the forum holds of them: one zip with JSON, pages to read, and their files."""

import json
import logging
import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from cms.accounts.mails import mail_language
from cms.accounts.models import User
from forum.models import DataExport, PostFile
from forum.notices import tell_of_copy
from forum.queries.member_data import SECTIONS, SMALL, Row, file_name, size
from forum.tasks import make_copy, with_commit

logger = logging.getLogger("ancrage.forum")

KEPT = timedelta(days=7)
GIVEN_UP = timedelta(minutes=15)  # a copy that takes longer is made anew: its worker was killed
ROWS_A_PAGE = 200
TITLES = {
    "profile": _("You, and your settings"),
    "topics": _("Topics you opened"),
    "posts": _("Your posts"),
    "translations": _("Translations you wrote"),
    "marks": _("What you marked"),
    "drafts": _("Your drafts"),
    "read": _("What you read and follow"),
    "followed": _("Categories you follow"),
    "reports": _("What you reported"),
    "decisions": _("What facilitators decided about your posts"),
    "silenced": _("When you were silenced or suspended"),
    "notes": _("What facilitators noted about you"),
    "log": _("The log"),
    "files": _("Your files"),
}
_OWN_ADDRESS = re.compile(r'\b(href|src)="/(?!/)')


@transaction.atomic
def ask_for_copy(user) -> DataExport:
    """A new copy, at once where there is little, in the background where there is much. One that is being made already
    is waited for."""
    now = timezone.now()
    # A double click asks twice at the same moment.
    DataExport.objects.bulk_create([DataExport(user=user, asked_at=now)], ignore_conflicts=True)
    export = DataExport.objects.select_for_update().get(pk=user.pk)
    if export.asked_at != now:
        if not export.file and export.asked_at > now - GIVEN_UP:
            return export
        forget_file(export)
        export.asked_at, export.ready_at = now, None
        export.save()
    if size(user) <= SMALL:
        make(export)
    else:
        with_commit(make_copy, user.pk)
    return export


def make_in_background(user_id: int) -> bool:
    """The job's part; the member is told when it is there. Run again, it makes nothing more."""
    export = DataExport.objects.select_related("user").filter(pk=user_id, ready_at=None).first()
    if export is None or not export.user.is_active:
        return False
    with translation.override(mail_language(export.user)):
        made = make(export)
    if made:
        tell_of_copy(user_id, export.asked_at)
    return made


def make(export: DataExport) -> bool:
    """False where it is not wanted any more: asked for anew meanwhile, or made by another; then nothing is left of it."""
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as copy:
            write_copy(copy, export.user)
        file.seek(0)
        export.file.save("copy.zip", File(file), save=False)
    export.ready_at = timezone.now()
    wanted = DataExport.objects.filter(pk=export.pk, asked_at=export.asked_at, ready_at=None)
    if wanted.update(file=export.file.name, ready_at=export.ready_at):
        return True
    forget_file(export)
    return False


def write_copy(copy: zipfile.ZipFile, user: User) -> None:
    """Never all of it in memory."""
    pages: list[tuple[str, str, int]] = []
    for name, section in SECTIONS.items():
        pages += write_section(copy, name, section(user))
    for row in PostFile.objects.filter(owner=user).iterator(100):
        write_file(copy, row)
    words = render_to_string(
        "forum/copy/index.html",
        {
            "pages": pages,
            "name": user.shown_name,
            "site": settings.WAGTAIL_SITE_NAME,
            "day": timezone.localdate(),
        },
    )
    copy.writestr("index.html", words)


def write_section(copy: zipfile.ZipFile, name: str, rows: Iterator[Row]) -> list[tuple[str, str, int]]:
    """JSON, and beside it pages to read; answers the pages: (file, title, how many rows)."""
    pages: list[tuple[str, str, int]] = []
    page: list[Row] = []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as kept:
        kept.write("[")
        for number, row in enumerate(rows):
            kept.write((",\n" if number else "\n") + json.dumps(row, ensure_ascii=False))
            page.append(row)
            if len(page) == ROWS_A_PAGE:
                pages.append(write_page(copy, name, len(pages) + 1, page))
                page = []
        kept.write("\n]\n")
        if page:
            pages.append(write_page(copy, name, len(pages) + 1, page))
        kept.seek(0)
        with copy.open(f"{name}.json", "w", force_zip64=True) as json_file:
            while part := kept.read(1 << 16):
                json_file.write(part.encode())
    return pages


def write_page(copy: zipfile.ZipFile, name: str, number: int, rows: list[Row]) -> tuple[str, str, int]:
    file, title = f"{name}-{number:03}.html", str(TITLES[name])
    shown = [
        {
            "html": absolute(str(row.get("html") or "")),
            "pairs": [
                (key, readable(value))
                for key, value in row.items()
                if key != "html" and value not in ("", [], {})
            ],
        }
        for row in rows
    ]
    words = render_to_string("forum/copy/section.html", {"title": title, "number": number, "rows": shown})
    copy.writestr(file, words)
    return file, title, len(rows)


def readable(value: object) -> str:
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, indent=1)
    return str(value)


def absolute(html: str) -> str:
    """Addresses of the site, for a page that is read without it."""
    return _OWN_ADDRESS.sub(rf'\1="{settings.BASE_URL}/', html)


def write_file(copy: zipfile.ZipFile, row: PostFile) -> None:
    try:
        with row.file.open("rb") as content, copy.open(file_name(row), "w", force_zip64=True) as out:
            for part in iter(lambda: content.read(1 << 16), b""):
                out.write(part)
    except OSError:
        logger.warning("file %s of a member's copy is not there", row.pk)


def forget_file(export: DataExport) -> None:
    if export.file:
        export.file.delete(save=False)


def tend_copies(now: datetime | None = None) -> int:
    """At each tick: copies whose worker was killed are made anew, old ones are deleted. Returns how many."""
    now = now or timezone.now()
    lost = DataExport.objects.filter(ready_at=None, asked_at__lt=now - GIVEN_UP)
    changed = 0
    for user_id in list(lost.values_list("pk", flat=True)[:10]):
        DataExport.objects.filter(pk=user_id).update(asked_at=now)
        make_copy.enqueue(user_id)
        changed += 1
    for export in DataExport.objects.filter(asked_at__lt=now - KEPT)[:100]:
        forget_file(export)
        export.delete()
        changed += 1
    return changed
