"""How sentences end, and what a language puts before and after its punctuation."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .findings import Note
from .pair import Pair

_KINDS = {
    "period": ".。．｡।॥۔։።",
    "question": "?؟？\u037e",
    "exclamation": "!！",
    "colon": ":：",
    "semicolon": ";؛；\u0387",
    "comma": ",،，、",
    "ellipsis": "…",
}
_KIND_OF = {mark: kind for kind, marks in _KINDS.items() for mark in marks}
_CLOSING = " \t\n\r\u00a0\u202f\u200b\u200e\u200f\"'”’“‘»«›‹)]}）」』】》"
_ABBREVIATION = re.compile(
    r"(?:\b(?:etc|usw|ecc|cf|al|ej|approx|inc|ltd|jr|dr|vs)|\.\w{1,3})\.$", re.IGNORECASE
)
_WITHOUT_PERIODS = frozenset(["th", "lo", "km", "my"])
_ARABIC = frozenset(["ar", "fa", "ur", "ps", "ckb"])

_NO_BREAK = "\u00a0\u202f"
_AFTER = r"(?=[\s»”\"’\)\]!?…,.\ufffc]|$)"
_HIGH = re.compile(r"(?<![:;!?…])[;!?]" + _AFTER + r"|(?<![:;!?…]):(?=\s|$)|»")
_HIGH_OF_CANADA = re.compile(r":(?=\s|$)|»")
_ASKED = re.compile(r"(?<![(\[?!])[?!]+(?=[\s»”\"’\)\],.;:…]|$)")


def end_kinds(text: str, language: str) -> frozenset[str]:
    """What the text ends with, apart from quotation marks and brackets."""
    text = text.rstrip(_CLOSING)
    run = text[len(text.rstrip("".join(_KIND_OF))) :][-8:]
    if re.search(r"\.\.$", run) or "…" in run:
        return frozenset(("ellipsis",))
    if run.endswith(".") and _ABBREVIATION.search(text[-12:]):
        return frozenset()
    kinds = frozenset(_KIND_OF[mark] for mark in run)
    if language == "el" and ";" in run:
        kinds = (kinds - {"semicolon"}) | {"question"}
    return kinds


def end_differs(pair: Pair) -> Iterator[Note]:
    source = end_kinds(pair.source_prose, pair.source_language)
    target = end_kinds(pair.target_prose, pair.target_language)
    if pair.target_language in _WITHOUT_PERIODS:
        source, target = source - {"period"}, target - {"period"}
    if source == target or source | target == {"comma", "colon"}:
        return  # letters begin with either
    if {*_abbreviated(pair.source_prose), *_abbreviated(pair.target_prose)} and source | target == {"period"}:
        return  # the point of an abbreviation may be that of the sentence
    names = {
        "period": _("a full stop"),
        "question": _("a question mark"),
        "exclamation": _("an exclamation mark"),
        "colon": _("a colon"),
        "semicolon": _("a semicolon"),
        "comma": _("a comma"),
        "ellipsis": _("an ellipsis"),
    }
    shown = {
        "source": ", ".join(name for kind, name in names.items() if kind in source) or _("no punctuation"),
        "target": ", ".join(name for kind, name in names.items() if kind in target) or _("no punctuation"),
    }
    yield Note(
        _("The source ends with %(source)s, the translation with %(target)s.") % shown,
        f"{'+'.join(sorted(source))} > {'+'.join(sorted(target))}",
    )


def _abbreviated(text: str) -> list[str]:
    return _ABBREVIATION.findall(text.rstrip(_CLOSING)[-12:])


def spanish_opening_marks(pair: Pair) -> Iterator[Note]:
    if pair.target_language != "es":
        return
    closed = len(_ASKED.findall(pair.target_prose))
    opened = len(re.findall("[¿¡]+", pair.target_prose))
    if closed > opened:
        yield Note(_("In Spanish, questions begin with ¿ and exclamations with ¡."), "¿¡")


def foreign_question_mark(pair: Pair) -> Iterator[Note]:
    """Arabic has a question mark of its own; Greek writes a semicolon."""
    asked = any("?" in found for found in _ASKED.findall(pair.target_prose))
    if asked and pair.target_language in _ARABIC:
        yield Note(_("The question mark of this language is ؟."), "؟")
    elif asked and pair.target_language == "el":
        yield Note(_("The question mark of Greek is ;."), ";")


def french_spacing(pair: Pair) -> Iterator[Note]:
    if pair.target_language != "fr":
        return
    text = pair.target_prose
    high = _HIGH_OF_CANADA if pair.target_code.lower().replace("_", "-") == "fr-ca" else _HIGH
    places = [
        match.start()
        for match in high.finditer(text)
        if match.start() and text[match.start() - 1] not in _NO_BREAK
    ]
    places += [
        match.start()
        for match in re.finditer("«", text)
        if match.end() < len(text) and text[match.end()] not in _NO_BREAK
    ]
    if places:
        excerpts = [" ".join(text[max(place - 8, 0) : place + 4].split()) for place in sorted(places)[:3]]
        yield Note(
            _("French puts a no-break space before : ; ! ? » and after «. See “%(places)s”.")
            % {"places": "”, “".join(excerpts)},
            " | ".join(excerpts),
        )
