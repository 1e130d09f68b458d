"""Translations as XLIFF 2.0 (an OASIS standard, August 2014), for translators' tools that protect mark-up."""

from collections.abc import Iterator

from .values import CHANGED, DRAFT, PUBLISHED, OutgoingFile, OutgoingUnit
from .xliff_codes import Codes, xml_attribute, xml_plain

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
ORIGINAL = "urn:uuid:"  # followed by the work, "#" and the version of its source
UNSURE = "ancrage:changed"  # sub-state of words written for an older source; a tool that changes the state drops it

_STATES = {DRAFT: 'state="translated"', PUBLISHED: 'state="final"'}


def write_xliff(file: OutgoingFile) -> bytes:
    """The standard asks for one unit at least."""
    return "".join(_document(file)).encode()


def _document(file: OutgoingFile) -> Iterator[str]:
    languages = f"srcLang={xml_attribute(file.source_language)} trgLang={xml_attribute(file.target_language)}"
    original = xml_attribute(f"{ORIGINAL}{file.work}#{file.source_version}")
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<xliff xmlns="{NAMESPACE}" version="2.0" {languages}>\n'
    yield f"<file id={xml_attribute(file.work)} original={original}>\n"
    if file.title.strip():
        yield f'<notes><note id="n1" category="title">{xml_plain(file.title)}</note></notes>\n'
    for unit in file.distinct():
        yield from _unit(unit)
    yield "</file>\n</xliff>\n"


def _unit(unit: OutgoingUnit) -> Iterator[str]:
    codes = Codes()
    source = codes.source(unit.source)
    target = f"<target>{codes.target(unit.target)}</target>" if unit.target else ""
    # Every white space within counts: tools would fold it otherwise.
    yield f'<unit id={xml_attribute(unit.key)} name={xml_attribute(unit.path)} xml:space="preserve">\n'
    yield _notes(unit)
    yield codes.original_data()
    yield f"<segment {_state(unit)}><source>{source}</source>{target}</segment>\n"
    yield "</unit>\n"


def _state(unit: OutgoingUnit) -> str:
    if not unit.target:  # nothing but "initial" is allowed then
        return 'state="initial"'
    if unit.state == CHANGED:
        return f'state="initial" subState="{UNSURE}"'
    return _STATES.get(unit.state, 'state="initial"')


def _notes(unit: OutgoingUnit) -> str:
    notes = {"context": unit.note, "previous-source": unit.previous_source}
    written = "".join(
        f'<note id="n{number}" category="{category}">{xml_plain(text)}</note>'
        for number, (category, text) in enumerate(notes.items(), 1)
        if text.strip()
    )
    return f"<notes>{written}</notes>" if written else ""
