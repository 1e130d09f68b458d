"""A translation as a PO file, as GNU gettext and the editors of its community read it.

Each segment is an entry with `msgctxt` "path#key": two segments with the same words stay apart. What changed since it
was translated is marked `fuzzy`, with the source as it was as the previous `msgid`; a fuzzy entry that comes
back is not taken, since whoever sent it left it unsure.
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import polib
from django.utils.translation import gettext as _

from cms.translations.inline import NotInline, normalise_inline, plain_text

from .values import (
    CHANGED,
    LARGEST,
    MOST_UNITS,
    FileRefused,
    IncomingFile,
    IncomingUnit,
    OutgoingFile,
    OutgoingUnit,
    Problem,
    beginning,
)

WORK, VERSION, SOURCE = "X-Ancrage-Work", "X-Ancrage-Source-Version", "X-Source-Language"
_CONTEXT = re.compile(r"(?P<path>.*)#(?P<key>[0-9a-f]{16})", re.DOTALL)
_LINE = re.compile(
    r'(?:#.*|(?:msgid|msgid_plural|msgctxt|msgstr(?:\[\d+\])?)?\s*"(?:[^"\\]|\\.)*"|)', re.DOTALL
)
_SEEN_AS_PO = re.compile(rb'^\s*(?:#|msgid|msgctxt|"|$)')


def write_po(file: OutgoingFile) -> bytes:
    """UTF-8."""
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Project-Id-Version": " ".join(file.title.split()),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": file.target_language,
        SOURCE: file.source_language,
        WORK: file.work,
        VERSION: str(file.source_version),
    }
    for unit in file.units:
        po.append(_entry(unit))
    return str(po).encode("utf-8")


def _entry(unit: OutgoingUnit) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=f"{unit.path}#{unit.key}", msgid=unit.source, msgstr=unit.target, comment=unit.note
    )
    if unit.state == CHANGED and unit.target:
        entry.flags.append("fuzzy")
        entry.previous_msgid = unit.previous_source or None
    return entry


def read_po(content: bytes) -> IncomingFile:
    """Raises `FileRefused`. What is wrong with single entries is said in `problems`."""
    if len(content) > LARGEST:
        raise FileRefused(_("The file is too large: %(size)s MB at most.") % {"size": LARGEST // 1_000_000})
    text = _decoded(content)
    po = _parsed(text)
    if not len(po):
        raise FileRefused(_("There are no texts in this file."))
    if len(po) > MOST_UNITS:
        raise FileRefused(_("There are more texts in this file than any document has."))
    version = po.metadata.get(VERSION, "0")
    incoming = IncomingFile(
        po.metadata.get(WORK, ""),
        po.metadata.get(SOURCE, ""),
        po.metadata.get("Language", ""),
        int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
    )
    seen: set[str] = set()
    for entry in po:
        _take(entry, incoming, seen)
    return incoming


def _parsed(text: str) -> polib.POFile:
    """The parser takes a text for a path where a file has that name, and splits lines at more than line ends: it
    gets a file."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not _LINE.fullmatch(line.strip()):
            raise FileRefused(_("This file is damaged or cut off (near line %(line)s).") % {"line": number})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.po"
        path.write_text(text, encoding="utf-8", newline="\n")
        try:
            return polib.pofile(str(path), encoding="utf-8", wrapwidth=0)
        except (OSError, ValueError, IndexError) as error:
            raise FileRefused(_("This file is damaged or cut off.")) from error


def _decoded(content: bytes) -> str:
    if not content.strip() or b"\0" in content[:1000]:
        raise FileRefused(_("This is no PO file."))
    match = re.search(rb"charset=([\w.:-]+)", content[:5000])
    charset = match[1].decode("ascii", "replace") if match else "utf-8"
    try:
        text = content.decode("utf-8-sig" if charset.lower() in ("utf-8", "utf8", "charset") else charset)
    except (UnicodeDecodeError, LookupError) as error:
        raise FileRefused(_("The file's characters cannot be read. Save it as UTF-8.")) from error
    if not _SEEN_AS_PO.match(content.removeprefix(b"\xef\xbb\xbf")) or "msgid" not in text:
        raise FileRefused(_("This is no PO file."))
    return text


def _take(entry: polib.POEntry, incoming: IncomingFile, seen: set[str]) -> None:
    where = beginning(plain_text(entry.msgid))
    if entry.obsolete or not entry.msgstr.strip():
        return
    if entry.fuzzy:
        incoming.problems.append(Problem(where, _("It is marked as unsure (fuzzy), and was not taken.")))
        return
    context = _CONTEXT.fullmatch(entry.msgctxt or "")
    key = context["key"] if context else ""
    if key and key in seen:
        incoming.problems.append(Problem(where, _("It stands twice in the file; the first was taken.")))
        return
    try:
        target = normalise_inline(entry.msgstr)
    except NotInline as error:
        incoming.problems.append(Problem(where, str(error)))
        return
    seen.add(key)
    path = context["path"] if context else entry.msgctxt or ""
    incoming.units.append(IncomingUnit(key, path, entry.msgid, target))
