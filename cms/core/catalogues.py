"""The catalogues of the interface's words (`cms/locale/<language>/LC_MESSAGES/django.po`), with Babel only.

Django's own `makemessages` needs GNU gettext on the machine; this needs nothing. Templates are turned into
calls by Django's `templatize`, then read by Babel's Python extractor like any other source.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LANGUAGES = ("fr", "es")  # those that must be complete; the words in the code are English
SOURCE_FOLDERS = ("cms", "home", "initiatives", "forum", "search", "templates")
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
SKIPPED_FOLDERS = {"migrations", "static", "locale", "content", "__pycache__", "node_modules"}
# What each function's first arguments are: c a context, then the words, one or (with their plural) two.
FUNCTIONS = {
    "_": "1",
    "gettext": "1",
    "gettext_lazy": "1",
    "gettext_noop": "1",
    "ngettext": "12",
    "ngettext_lazy": "12",
    "pgettext": "c1",
    "pgettext_lazy": "c1",
    "npgettext": "c12",
    "npgettext_lazy": "c12",
}
# Dates in the header change at every run and say nothing that the history does not.
CHANGING_HEADER = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To):.*\n', re.MULTILINE
)
CREDITS: dict[str, Any] = {
    "project": "Ancrage",
    "version": "1",
    "copyright_holder": "The Ancrage contributors",
    "last_translator": "The Ancrage contributors",
    "language_team": "The Ancrage contributors",
    "charset": "utf-8",
    "fuzzy": False,
}


@dataclass
class Gaps:
    """What keeps a catalogue from being complete: message ids, in the order of the catalogue."""

    missing: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # placeholders that differ from the original's
    left_over: list[str] = field(default_factory=list)  # no longer in the code

    def __bool__(self) -> bool:
        return bool(self.missing or self.fuzzy or self.broken or self.left_over)


def po_path(root: Path, language: str) -> Path:
    return root / "cms" / "locale" / language / "LC_MESSAGES" / "django.po"


def source_files(root: Path) -> Iterator[Path]:
    for folder in SOURCE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            wanted = path.suffix == ".py" or (path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts)
            if wanted and SKIPPED_FOLDERS.isdisjoint(path.relative_to(root).parts):
                yield path


@dataclass(frozen=True)
class Marked:
    """One call that marks words for translation."""

    words: str | tuple[str, str]  # the second: the plural
    context: str | None
    comments: list[str]  # for the translators


def messages_of(text: str, *, template: bool, origin: str) -> Iterator[Marked]:
    if template:
        # What is not a call comes out as X's that keep the page's indentation: no Python block at all.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=origin).split("\n"))
    found: Any = extract_python(BytesIO(text.encode()), FUNCTIONS, ["Translators"], {"encoding": "utf-8"})  # type: ignore[arg-type]
    for _line, function, arguments, comments in found:
        signature = FUNCTIONS[function]
        arguments = arguments if isinstance(arguments, tuple) else (arguments,)
        given = arguments[: len(signature)]
        if len(given) < len(signature) or not all(isinstance(each, str) and each for each in given):
            continue  # not a literal: nothing to collect
        context = given[0] if signature.startswith("c") else None
        words = given[1:] if context else given
        yield Marked(words if len(words) == 2 else words[0], context, comments)


def extract(root: Path) -> Catalog:
    """Everything marked for translation in the project, as a catalogue without translations."""
    catalog = Catalog(**CREDITS)
    for path in source_files(root):
        place = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        for each in messages_of(text, template=path.suffix != ".py", origin=place):
            catalog.add(each.words, locations=[(place, 1)], auto_comments=each.comments, context=each.context)
    for message in catalog:
        message.locations = sorted(set(message.locations))
    return catalog


def read_catalogue(root: Path, language: str) -> Catalog:
    path = po_path(root, language)
    if not path.exists():
        return Catalog(locale=language, **CREDITS)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merged(root: Path, language: str, template: Catalog) -> Catalog:
    """The catalogue with exactly the messages of `template`; translations are kept, none is guessed."""
    catalog = read_catalogue(root, language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.fuzzy = False
    catalog.header_comment = (
        f"# The interface of Ancrage in {catalog.locale.english_name}. `make messages` keeps it."
    )
    return catalog


def as_text(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return CHANGING_HEADER.sub(b"", out.getvalue())


def update(root: Path, language: str, template: Catalog) -> bool:
    """Write the merged catalogue. True where the file changed."""
    path = po_path(root, language)
    text = as_text(merged(root, language, template))
    if path.exists() and path.read_bytes() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    return True


def compile_catalogues(root: Path) -> list[str]:
    """Write the `.mo` beside every `.po` that is newer than it. Returns the languages written."""
    written = []
    for po in sorted((root / "cms" / "locale").glob("*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        language = po.parts[-3]
        with po.open("rb") as source:
            catalog = read_po(source, locale=language)
        fresh = mo.with_suffix(".mo.new")
        with fresh.open("wb") as target:
            write_mo(target, catalog)
        fresh.replace(mo)
        written.append(language)
    return written


def gaps(root: Path, language: str, template: Catalog) -> Gaps:
    """Compare the language's catalogue, as it is on disk, with what the code asks for."""
    catalog = read_catalogue(root, language)
    found = Gaps()
    for wanted in template:
        if wanted.id:
            have = catalog.get(wanted.id, wanted.context)
            if have is None or not is_translated(have):
                found.missing.append(label(wanted))
            elif have.fuzzy:
                found.fuzzy.append(label(wanted))
            elif list(have.check(catalog)):
                found.broken.append(label(wanted))
    for have in catalog:
        if have.id and template.get(have.id, have.context) is None:
            found.left_over.append(label(have))
    return found


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(strings) and all(strings)


def label(message: Message) -> str:
    text = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return f"{text} [{message.context}]" if message.context else text
