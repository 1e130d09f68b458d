"""What XLIFF 2.0 asks of the elements that are written here: which stand where, with which attributes, and whose ids.

Not the standard's schema, but every rule of it (and of its prose) that bears on them.
"""

import re
from xml.etree import ElementTree

NAMESPACE = "{urn:oasis:names:tc:xliff:document:2.0}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAME_TOKEN = re.compile(r"[\w.:-]+")
TYPES = {"fmt", "ui", "quote", "link", "image", "other"}
INLINE = r"(cp |ph |pc )*"
CONTENT = {  # element → the order of its children
    "xliff": r"(file )+",
    "file": r"(notes )?(unit )+",
    "notes": r"(note )+",
    "note": "",
    "unit": r"(notes )?(originalData )?(segment |ignorable )+",
    "originalData": r"(data )+",
    "data": r"(cp )*",
    "segment": r"source (target )?",
    "source": INLINE,
    "target": INLINE,
    "pc": INLINE,
    "ph": "",
    "cp": "",
}
ATTRIBUTES = {  # element → required, then allowed
    "xliff": ({"version", "srcLang"}, {"trgLang", SPACE}),
    "file": ({"id"}, {"original", SPACE}),
    "note": (set(), {"id", "category", "priority", "appliesTo"}),
    "unit": ({"id"}, {"name", SPACE}),
    "data": ({"id"}, {"dir", SPACE}),
    "segment": (set(), {"id", "state", "subState"}),
    "pc": ({"id"}, {"dataRefStart", "dataRefEnd", "type", "subType", "canDelete"}),
    "ph": ({"id"}, {"dataRef", "type", "subType", "canDelete"}),
    "cp": ({"hex"}, set()),
}
TEXT = {"note", "data", "source", "target", "pc"}


def faults(content: bytes) -> list[str]:
    root = ElementTree.fromstring(content)
    found = [] if root.tag == f"{NAMESPACE}xliff" and root.get("version") == "2.0" else ["root"]
    for element in root.iter():
        found += _faults_of(element)
    for file in root:
        ids = [unit.get("id") for unit in file.iter(f"{NAMESPACE}unit")]
        found += ["units share an id"] * (len(ids) != len(set(ids)))
    for unit in root.iter(f"{NAMESPACE}unit"):
        found += _faults_of_unit(unit)
    return found


def _faults_of(element) -> list[str]:
    name = element.tag.removeprefix(NAMESPACE)
    if name not in CONTENT:
        return [f"<{name}> is not known"]
    found = []
    children = "".join(child.tag.removeprefix(NAMESPACE) + " " for child in element)
    if not re.fullmatch(CONTENT[name], children):
        found.append(f"<{name}> holds {children}")
    required, allowed = ATTRIBUTES.get(name, (set(), set()))
    if not required <= set(element.attrib) <= required | allowed:
        found.append(f"<{name}> has {sorted(element.attrib)}")
    if name not in TEXT and ((element.text or "") + "".join(child.tail or "" for child in element)).strip():
        found.append(f"<{name}> holds text")
    for attribute in ("id", "dataRef", "dataRefStart", "dataRefEnd"):
        if attribute in element.attrib and not NAME_TOKEN.fullmatch(element.attrib[attribute]):
            found.append(f"{attribute} {element.attrib[attribute]}")
    return found


def _faults_of_unit(unit) -> list[str]:
    found = []
    data = [each.get("id") for each in unit.iter(f"{NAMESPACE}data")]
    referred = set()
    for segment in unit.iter(f"{NAMESPACE}segment"):
        source, target = segment.find(f"{NAMESPACE}source"), segment.find(f"{NAMESPACE}target")
        if segment.get("state", "initial") not in ("initial", "translated", "reviewed", "final"):
            found.append("state")
        if target is None and segment.get("state", "initial") != "initial":
            found.append("a state beyond initial without target")
        if "subState" in segment.attrib and (
            "state" not in segment.attrib or not re.fullmatch(r"[^:\s]+:.+", segment.get("subState"))
        ):
            found.append("subState")
        for content in (source, target):
            codes = [] if content is None else [each for each in content.iter() if "id" in each.attrib]
            ids = [each.get("id") for each in codes]
            found += ["codes share an id"] * (len(ids) != len(set(ids)))
            for code in codes:
                referred |= {value for name, value in code.attrib.items() if name.startswith("dataRef")}
                found += ["type"] * (code.get("type") not in TYPES)
                found += ["subType without type"] * ("subType" in code.attrib and "type" not in code.attrib)
    if len(data) != len(set(data)) or not referred <= set(data):
        found.append("original data")
    # What XML can hold is not to be written as a code point.
    points = [int(each.get("hex"), 16) for each in unit.iter(f"{NAMESPACE}cp")]
    found += ["cp"] * any(point in (9, 10, 13) or 0x20 <= point < 0xD800 for point in points)
    return found
