"""A translation as XLIFF 2.0 (OASIS Standard, 5 August 2014), as translators' tools exchange it.

One `<file>` a work, one `<unit>` a segment, its id "u" and the segment's key. State: `initial` where there are no words
or the source changed since, `translated` for drafts, `final` for what is published.
"""

from xml.etree.ElementTree import Element, ParseError, SubElement, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from cms.translations.inline import NotInline, normalise_inline, plain_text

from .codes import NAMESPACE, CodeFault, Codes, named, original_data, read_codes
from .values import (
    CHANGED,
    DRAFT,
    LARGEST,
    MOST_UNITS,
    PUBLISHED,
    FileRefused,
    IncomingFile,
    IncomingUnit,
    OutgoingFile,
    OutgoingUnit,
    Problem,
    beginning,
)

OURS = "urn:ancrage:translations"
XML = "http://www.w3.org/XML/1998/namespace"
STATES = {DRAFT: "translated", PUBLISHED: "final"}
register_namespace("", NAMESPACE)
register_namespace("ancrage", OURS)


def write_xliff(file: OutgoingFile) -> bytes:
    """UTF-8, with an XML declaration."""
    root = Element(
        named("xliff"), {"version": "2.0", "srcLang": file.source_language, "trgLang": file.target_language}
    )
    holder = SubElement(
        root,
        named("file"),
        {"id": "f1", "original": file.work, f"{{{OURS}}}version": str(file.source_version)},
    )
    for unit in file.units:
        _write_unit(holder, unit)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _write_unit(holder: Element, unit: OutgoingUnit) -> None:
    element = SubElement(
        holder, named("unit"), {"id": f"u{unit.key}", "name": unit.path, f"{{{XML}}}space": "preserve"}
    )
    notes = [("", unit.note), ("previous-source", plain_text(unit.previous_source))]
    if any(text for _category, text in notes):
        said = SubElement(element, named("notes"))
        for category, text in notes:
            if text:
                note = SubElement(said, named("note"), {"category": category} if category else {})
                note.text = "".join(letter for letter in text if letter.isprintable() or letter == "\n")
    codes = Codes()
    segment = SubElement(element, named("segment"), {"state": STATES.get(unit.state, "initial")})
    if unit.state == CHANGED:
        segment.set("subState", "ancrage:changed")
    codes.write(SubElement(segment, named("source")), unit.source)
    if unit.target:
        codes.write(SubElement(segment, named("target")), unit.target)
    original_data(element, codes)


def read_xliff(content: bytes) -> IncomingFile:
    """Raises `FileRefused`. What is wrong with single units is said in `problems`."""
    if len(content) > LARGEST:
        raise FileRefused(_("The file is too large: %(size)s MB at most.") % {"size": LARGEST // 1_000_000})
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise FileRefused(_("The file defines entities of its own, which is not allowed here.")) from error
    except (ParseError, ValueError, LookupError) as error:
        line = getattr(error, "position", (0, 0))[0]
        raise FileRefused(
            _("This file is damaged or cut off (near line %(line)s).") % {"line": line}
        ) from error
    file = _the_file(root)
    version = file.get(f"{{{OURS}}}version", "0")
    incoming = IncomingFile(
        file.get("original", ""),
        root.get("srcLang", ""),
        root.get("trgLang", ""),
        int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
    )
    units = list(file.iter(named("unit")))
    if not units:
        raise FileRefused(_("There are no texts in this file."))
    if len(units) > MOST_UNITS:
        raise FileRefused(_("There are more texts in this file than any document has."))
    seen: set[str] = set()
    for unit in units:
        _take(unit, incoming, seen)
    return incoming


def _the_file(root: Element) -> Element:
    if root.tag.endswith("}xliff") or root.tag == "xliff":
        if root.tag != named("xliff") or not root.get("version", "").startswith("2."):
            raise FileRefused(_("This is XLIFF of another version. Please send version 2.0."))
    else:
        raise FileRefused(_("This is no XLIFF file."))
    files = root.findall(named("file"))
    if len(files) != 1:
        raise FileRefused(_("One document at a time: this file holds several, or none."))
    return files[0]


def _take(unit: Element, incoming: IncomingFile, seen: set[str]) -> None:
    name = unit.get("id", "")
    key = name[1:] if name.startswith("u") and len(name) == 17 else ""
    data = {each.get("id", ""): each.text or "" for each in unit.iter(named("data"))}
    where = name[:40]
    try:
        source = _whole(unit, "source", data)
        where = beginning(plain_text(source)) or where
        target = _whole(unit, "target", data)
        if not target.strip() or _is_unsure(unit):
            return
        if key and key in seen:
            incoming.problems.append(Problem(where, _("It stands twice in the file; the first was taken.")))
            return
        seen.add(key)
        incoming.units.append(IncomingUnit(key, unit.get("name", ""), source, normalise_inline(target)))
    except (CodeFault, NotInline) as error:
        incoming.problems.append(Problem(where, str(error)))


def _is_unsure(unit: Element) -> bool:
    """Sent out as changed since it was translated, and come back untouched."""
    segments = unit.findall(named("segment"))
    return bool(segments) and all(
        each.get("state") == "initial" and each.get("subState") == "ancrage:changed" for each in segments
    )


def _whole(unit: Element, part: str, data: dict[str, str]) -> str:
    """The text of all segments of a unit, which a tool may have split: what stands between them belongs to both."""
    pieces = []
    for each in unit:
        if each.tag == named("ignorable"):
            own = each.find(named(part))
            own = each.find(named("source")) if own is None else own
            pieces.append("" if own is None else read_codes(own, data))
        elif each.tag == named("segment"):
            found = each.find(named(part))
            if found is None:
                if part == "target":
                    return ""
                continue
            pieces.append(read_codes(found, data))
    return "".join(pieces)
