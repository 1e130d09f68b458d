"""Translations as a gettext catalogue, which any translator's tool opens.

Written and read here rather than by `polib`: that one breaks lines at every character Unicode calls a line end, and
takes a content that is the name of a file for that file.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import to_language, to_locale

from .gathering import Gathering, version_in
from .po_syntax import Entry, decoded, entries, quoted
from .values import CHANGED, IncomingFile, IncomingUnit, OutgoingFile, OutgoingUnit

_CONTEXT = re.compile(r"(.*) ([0-9a-f]{16})", re.DOTALL)


def write_po(file: OutgoingFile) -> bytes:
    lines = ['msgid ""', 'msgstr ""']
    lines += [quoted(f"{name}: {value}\n") for name, value in _headers(file).items()]
    for unit in file.distinct():
        lines.append("")
        lines += _entry(unit)
    # A half of a surrogate pair is no character; no text that was ever stored has one.
    return ("\n".join(lines) + "\n").encode(errors="replace")


def _headers(file: OutgoingFile) -> dict[str, str]:
    return {
        "Project-Id-Version": " ".join(file.title.split()),
        "Language": to_locale(file.target_language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": to_locale(file.source_language),
        "X-Work": file.work,
        "X-Source-Version": str(file.source_version),
    }


def _entry(unit: OutgoingUnit) -> Iterator[str]:
    for line in unit.note.splitlines():
        yield f"#. {line}".rstrip()
    if unit.state == CHANGED and unit.target:
        yield "#, fuzzy"
        if unit.previous_source:
            yield from _field("#| ", "msgid", unit.previous_source)
    # The place alone would not do: a paragraph of several texts has one.
    yield from _field("", "msgctxt", f"{unit.path} {unit.key}")
    yield from _field("", "msgid", unit.source)
    yield from _field("", "msgstr", unit.target)


def _field(prefix: str, keyword: str, text: str) -> Iterator[str]:
    """One line for each line of the text, as translators' tools write it."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    if len(lines) < 2:
        yield f"{prefix}{keyword} {quoted(text)}"
        return
    yield f'{prefix}{keyword} ""'
    for line in lines:
        yield prefix + quoted(line)


def read_po(content: bytes) -> IncomingFile:
    """Raises `FileRefused` where it cannot be read to its end. Obsolete entries are passed over."""
    gathering = Gathering()
    headers: dict[str, str] = {}
    for number, entry in enumerate(entries(decoded(content)), 1):
        if entry.source == "" and not entry.context:
            if number == 1:
                headers = _read_headers(entry.target)
            continue
        gathering.count()
        _take(gathering, entry)
    return gathering.finish(
        headers.get("x-work", ""),
        to_language(headers.get("x-source-language", "")),
        to_language(headers.get("language", "")),
        version_in(headers.get("x-source-version", "")),
    )


def _take(gathering: Gathering, entry: Entry) -> None:
    context = _CONTEXT.fullmatch(entry.context)
    path, key = context.groups() if context else (entry.context, "")
    position = _("line %(number)d") % {"number": entry.line}
    if entry.plural:
        gathering.leave_out(key or position, entry.source, _("It has plural forms, which no text here has."))
    elif entry.fuzzy and entry.target:
        gathering.leave_out(key or position, entry.source, _("It is marked as unsure (fuzzy)."))
    else:
        gathering.add(position, IncomingUnit(key, path, entry.source, entry.target))


def _read_headers(text: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text.split("\n"))
    return {name.strip().lower(): value.strip() for name, _colon, value in pairs}
