"""XLIFF 2.0 and 2.1 as translators' tools give it back: segments cut or joined, codes moved, copied or taken apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from cms.translations.inline import NotInline

from .gathering import Gathering, version_in
from .values import FileRefused, IncomingFile, IncomingUnit
from .xliff import NAMESPACE, ORIGINAL, UNSURE
from .xliff_content import Contents, local
from .xml_tree import parsed

_KEY = re.compile(r"[0-9a-f]{16}")
_ORIGINAL = re.compile(re.escape(ORIGINAL) + r"([0-9A-Fa-f-]{36})(?:#(\d{1,9}))?")
_STATES = ("initial", "translated", "reviewed", "final")


def read_xliff(content: bytes) -> IncomingFile:
    """Raises `FileRefused`."""
    root = parsed(content)
    _require_version_2(root)
    files = [child for child in root if local(child) == "file"]
    origins = {_origin(file) for file in files}
    if len(origins) > 1:
        raise FileRefused(_("The file holds more than one document. Send one file for each."))
    gathering = Gathering()
    for number, unit in enumerate(_units(files), 1):
        gathering.count()
        _take(gathering, unit, _("text %(number)d") % {"number": number})
    work, version = origins.pop() if origins else ("", 0)
    return gathering.finish(
        work,
        root.get("srcLang", "").strip().lower(),
        root.get("trgLang", "").strip().lower(),
        version,
    )


def _require_version_2(root: Element) -> None:
    if local(root) != "xliff":
        raise FileRefused(_("This is an XML file, but not an XLIFF file."))
    version = root.get("version", "")
    if root.tag != f"{{{NAMESPACE}}}xliff" or not version.startswith("2."):
        raise FileRefused(
            _("This is XLIFF %(version)s. Save it as XLIFF 2.0: older and newer forms are not read here.")
            % {"version": version[:10] or "?"}
        )


def _origin(file: Element) -> tuple[str, int]:
    """The work, "" where the file names none, and the version of its source."""
    found = _ORIGINAL.fullmatch(file.get("original", "").strip())
    if found:
        return found.group(1).lower(), version_in(found.group(2) or "")
    return file.get("id", "") if re.fullmatch(r"[0-9a-f-]{36}", file.get("id", "")) else "", 0


def _units(files: Iterable[Element]) -> Iterable[Element]:
    return (element for file in files for element in file.iter(f"{{{NAMESPACE}}}unit"))


@dataclass(slots=True)
class _Part:
    """A segment of the file, or what stands between two of them."""

    source: str
    target: str | None  # None: nobody has written one
    place: int  # of its target among those of the unit, from 1
    state: str
    unsure: bool
    between: bool


def _take(gathering: Gathering, unit: Element, position: str) -> None:
    identifier = unit.get("id", "")
    key = identifier if _KEY.fullmatch(identifier) else ""
    contents = Contents(unit)
    elements = [child for child in unit if local(child) in ("segment", "ignorable")]
    try:
        # All the sources first: a code of the target may be known from the source of another segment.
        sources = [_html(contents, element, "source") or "" for element in elements]
    except NotInline as error:
        gathering.leave_out(key or position, "", str(error))
        return
    source = "".join(sources)
    try:
        parts = [
            _part(contents, element, text, number)
            for number, (element, text) in enumerate(zip(elements, sources, strict=True), 1)
        ]
        target = _joined(parts)
    except NotInline as error:
        gathering.leave_out(key or position, source, str(error))
        return
    if target and any(part.unsure for part in parts):
        gathering.leave_out(key or position, source, _("It is marked as unsure: its source has changed."))
        return
    states = [part.state for part in parts if not part.between]
    state = min(states, key=_STATES.index, default="initial")
    gathering.add(position, IncomingUnit(key, unit.get("name", ""), source, target, state))


def _part(contents: Contents, element: Element, source: str, number: int) -> _Part:
    target = _child(element, "target")
    order = target.get("order", "") if target is not None else ""
    state = element.get("state", "initial")
    return _Part(
        source,
        contents.html(target) if target is not None else None,
        version_in(order) or number,
        state if state in _STATES else "initial",
        state == "initial" and element.get("subState") == UNSURE,
        local(element) == "ignorable",
    )


def _joined(parts: list[_Part]) -> str:
    """The target of the unit, "" where none is written. Raises `NotInline`: only some of its segments have one."""
    segments = [part for part in parts if not part.between]
    written = [part for part in segments if part.target]
    if not written:
        return ""
    if any(part.source.strip() and not part.target for part in segments):
        raise NotInline(_("Only a part of it is translated."))
    ordered = sorted(parts, key=lambda part: part.place)
    return "".join(part.source if part.target is None else part.target for part in ordered)


def _html(contents: Contents, element: Element, name: str) -> str | None:
    child = _child(element, name)
    return None if child is None else contents.html(child)


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local(child) == name), None)
