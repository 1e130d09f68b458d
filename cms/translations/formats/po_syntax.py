"""The syntax of PO files: lines into entries, strings into quotes and out of them. Knows nothing of translations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .values import FileRefused

# What gettext knows and is harmless: some of Python's other codecs unpack archives.
_CHARSETS = re.compile(
    r"utf-?8|(us-)?ascii|iso-?8859-\d{1,2}|(windows-|cp)125\d|koi8-[ru]|euc-(jp|kr)|shift_jis|gb2312|gbk|gb18030|big5",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"charset=([\w.:-]{1,40})")
_LINE = re.compile(
    r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d{1,3}\])?)\s*)?"([^"\\]*+(?:\\.[^"\\]*+)*+)"'
)
_ESCAPED = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
_MEANINGS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_QUOTING = {ord(letter): f"\\{name}" for name, letter in _MEANINGS.items() if name != "a"} | {
    ord("\\"): r"\\",
    ord('"'): r"\"",
}


@dataclass(slots=True)
class Entry:
    line: int  # where it begins, from 1
    flags: set[str] = field(default_factory=set)
    texts: dict[str, list[str]] = field(default_factory=dict)  # keyword → what its lines hold

    def text(self, keyword: str) -> str:
        return "".join(self.texts.get(keyword, ()))

    @property
    def context(self) -> str:
        return self.text("msgctxt")

    @property
    def source(self) -> str:
        return self.text("msgid")

    @property
    def target(self) -> str:
        return self.text("msgstr")

    @property
    def plural(self) -> bool:
        return "msgid_plural" in self.texts

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    @property
    def whole(self) -> bool:
        return "msgid" in self.texts and any(keyword.startswith("msgstr") for keyword in self.texts)


def quoted(text: str) -> str:
    return f'"{text.translate(_QUOTING)}"'


def decoded(content: bytes) -> str:
    """In the character set its header names, UTF-8 without one. Raises `FileRefused`."""
    found = _CHARSET.search(content[:10_000])
    charset = found.group(1).decode("ascii", "replace") if found else "utf-8"
    if charset == "CHARSET":  # a template nobody filled in
        charset = "utf-8"
    if not _CHARSETS.fullmatch(charset):
        raise FileRefused(
            _("The file is in the character set “%(name)s”. Save it as UTF-8.") % {"name": charset}
        )
    try:
        return content.decode(charset).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError) as error:
        raise FileRefused(
            _("The file cannot be read as %(name)s text. Save it as UTF-8.") % {"name": charset.upper()}
        ) from error


def entries(text: str) -> Iterator[Entry]:
    """Those that are not obsolete, in order. Raises `FileRefused` at what is no PO syntax, or breaks off."""
    entry = Entry(1)
    keyword = ""
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        line = raw.strip(" \t")
        if not line or line.startswith("#"):
            if entry.whole:
                yield entry
                entry, keyword = Entry(number), ""
            if line.startswith("#~") and not entry.texts:
                entry = Entry(number)  # flags before it were those of an obsolete entry
            if line.startswith("#,"):
                entry.flags |= {flag.strip() for flag in line[2:].split(",")}
            continue
        found = _LINE.fullmatch(line)
        if not found or not (found.group(1) or keyword):
            raise _broken(number)
        if found.group(1):
            keyword = found.group(1)
            if keyword in entry.texts or (keyword == "msgctxt" and entry.texts):
                yield _finished(entry)
                entry = Entry(number)
            if not entry.texts:
                entry.line = number
            entry.texts[keyword] = []
        entry.texts[keyword].append(_unquoted(found.group(2)))
    if entry.texts:
        yield _finished(entry)


def _finished(entry: Entry) -> Entry:
    if not entry.whole:
        raise _broken(entry.line)
    return entry


def _broken(number: int) -> FileRefused:
    return FileRefused(_("The file is damaged or cut off, at line %(number)d.") % {"number": number})


def _unquoted(text: str) -> str:
    return _ESCAPED.sub(_meaning, text)


def _meaning(found: re.Match[str]) -> str:
    octal, hexadecimal, letter = found.groups()
    if letter is not None:
        return _MEANINGS.get(letter, letter)
    number = int(octal, 8) if octal else int(hexadecimal, 16)
    # Beyond ASCII it is one byte of a character: nothing writes that in a file that can hold the character.
    return chr(number) if number < 128 else found.group()
