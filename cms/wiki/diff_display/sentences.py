"""Changes told in sentences, for a page (safe HTML) and for a mail (plain text)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.wiki.diffs import (
    AFTER,
    ATOMIC,
    BEFORE,
    SHORT,
    BlockChange,
    FormatChange,
    ParagraphChange,
    format_changes,
)

from .labels import Labels, exact_date

FORMATS = {
    "bold": gettext_lazy("in bold"),
    "italic": gettext_lazy("in italics"),
    "underline": gettext_lazy("underlined"),
    "struck": gettext_lazy("struck through"),
    "superscript": gettext_lazy("in superscript"),
    "subscript": gettext_lazy("in subscript"),
    "code": gettext_lazy("as code"),
    "highlight": gettext_lazy("highlighted"),
}
STYLES = {
    "p": gettext_lazy("plain text"),
    "blockquote": gettext_lazy("a quotation"),
    "ul": gettext_lazy("an item of a list"),
    "ol": gettext_lazy("an item of a numbered list"),
    "row": gettext_lazy("a row of a table"),
    "h": gettext_lazy("a heading"),
}
FEW_WORDS = 6
LONGEST_QUOTE = 60  # characters


class Html:
    """Values are escaped and stand apart from the direction of the sentence."""

    @staticmethod
    def added(text: str) -> str:
        return format_html("<ins><bdi>{}</bdi></ins>", text)

    @staticmethod
    def removed(text: str) -> str:
        return format_html("<del><bdi>{}</bdi></del>", text)

    @staticmethod
    def quoted(text: str) -> str:
        return Html.say(_("“%(words)s”"), {"words": format_html("<bdi>{}</bdi>", text)})

    @staticmethod
    def say(sentence: str, values: Mapping[str, Any]) -> SafeString:
        escaped = {name: conditional_escape(value) for name, value in values.items()}
        return mark_safe(str(conditional_escape(sentence)) % escaped)


class Plain:
    @staticmethod
    def quoted(text: str) -> str:
        return _("“%(words)s”") % {"words": text}

    added = removed = quoted

    @staticmethod
    def say(sentence: str, values: Mapping[str, Any]) -> str:
        return sentence % values


@dataclass(frozen=True)
class Teller:
    labels: Labels
    names: dict[str, str]
    voice: type[Html] | type[Plain]

    def value(self, section: str, type: str, change: ParagraphChange, side: int) -> str:
        """What the paragraph says on one side, in words."""
        form = change.after if side == AFTER else change.before
        if form is None:
            return ""
        return self.labels.value(section, type, form.style, form.label, change.text(side), self.names)

    # Facts ------------------------------------------------------------------------------------------------

    def fact(self, section: str, change: ParagraphChange, *, alone: bool) -> str:
        """`alone`: the field has this one value; else the value is one of a list."""
        old, new = (self.value(section, "", change, side) for side in (BEFORE, AFTER))
        if old == new:
            old, new = (exact_date(change.text(side)) or old for side in (BEFORE, AFTER))
        values = {"old": self.voice.removed(old), "new": self.voice.added(new)}
        if change.kind == "added":
            return self.voice.say(_("Set to %(new)s.") if alone else _("Added: %(new)s."), values)
        if change.kind == "removed":
            return self.voice.say(_("Removed: %(old)s."), values)
        return self.voice.say(_("Changed from %(old)s to %(new)s."), values)

    # Rows -------------------------------------------------------------------------------------------------

    def row_name(self, section: str, block: BlockChange, side: int) -> str:
        """What the row is about: what it points to, else its first words."""
        change = self._naming(block, side)
        if change is None:
            return ""
        name = self.value(section, block.type, change, side)
        return name if is_value(change) else few_words(name)

    @staticmethod
    def _naming(block: BlockChange, side: int) -> ParagraphChange | None:
        there = [each for each in block.paragraphs if each.place(side) is not None]
        forms = [(each, each.after if side == AFTER else each.before) for each in there]
        for wanted in ({"ref"}, {"line", "p"}):
            for each, form in forms:
                if form and form.style in wanted:
                    return each
        return there[0] if there else None

    def row_in_full(self, section: str, block: BlockChange, side: int) -> str:
        """`Ada Rossi (editor)`"""
        naming = self._naming(block, side)
        name = self.row_name(section, block, side)
        others = [
            self.value(section, block.type, change, side)
            for change in block.paragraphs
            if change is not naming and change.place(side) is not None
        ]
        return f"{name} ({', '.join(others)})" if others else name

    def row(self, section: str, block: BlockChange, after: str) -> list[str]:
        """The sentences about a row of short values. `after`: the row it used to follow."""
        if block.kind == "added":
            row = self.voice.added(self.row_in_full(section, block, AFTER))
            return [self.voice.say(_("Added: %(new)s."), {"new": row})]
        if block.kind == "removed":
            row = self.voice.removed(self.row_in_full(section, block, BEFORE))
            return [self.voice.say(_("Removed: %(old)s."), {"old": row})]
        said = [
            self._part_of_row(section, block, change) for change in block.paragraphs if change.kind != "same"
        ]
        if block.moved:
            said.append(self.moved_row(block, self.row_name(section, block, AFTER), after))
        return said

    def moved_row(self, block: BlockChange, name: str, after: str) -> str:
        values = {"entry": self.voice.quoted(name), "other": self.voice.quoted(after)}
        if not after:
            return self.voice.say(_("%(entry)s moved down, from the beginning."), values)
        if block.moved == "up":
            return self.voice.say(_("%(entry)s moved up, from after %(other)s."), values)
        return self.voice.say(_("%(entry)s moved down, from after %(other)s."), values)

    def _part_of_row(self, section: str, block: BlockChange, change: ParagraphChange) -> str:
        old, new = (self.value(section, block.type, change, side) for side in (BEFORE, AFTER))
        form = change.after or change.before
        values = {
            "entry": self.voice.quoted(self.row_name(section, block, AFTER)),
            "part": self.labels.part(section, block.type, form.label if form else ""),
            "old": self.voice.removed(old),
            "new": self.voice.added(new),
        }
        if change.kind == "edited" and change is self._naming(block, AFTER):
            return self.voice.say(_("%(new)s takes the place of %(old)s."), values)
        if change.kind == "added":
            return self.voice.say(_("%(entry)s: %(part)s set to %(new)s."), values)
        if change.kind == "removed":
            return self.voice.say(_("%(entry)s: %(part)s removed (it was %(old)s)."), values)
        return self.voice.say(_("%(entry)s: %(part)s changed from %(old)s to %(new)s."), values)

    # Texts ------------------------------------------------------------------------------------------------

    def moved(self, direction: str, after: str) -> str:
        values = {"words": self.voice.quoted(after)}
        if not after:
            return self.voice.say(_("Moved down, from the beginning."), values)
        if direction == "up":
            return self.voice.say(_("Moved up, from after %(words)s."), values)
        return self.voice.say(_("Moved down, from after %(words)s."), values)

    def formatting(self, change: ParagraphChange) -> list[str]:
        """What changed beside the words."""
        said = [self._format(each) for each in format_changes(change)]
        if change.before and change.after:
            old, new = _style(change.before.style), _style(change.after.style)
            if old and new and old != new:
                said.append(self.voice.say(_("Was %(old)s, is now %(new)s."), {"old": old, "new": new}))
        return said

    def _format(self, change: FormatChange) -> str:
        values = {
            "words": self.voice.quoted(few_words(change.text)),
            "format": FORMATS.get(change.kind, change.kind),
            "target": self._target(change.target),
            "was": self._target(change.was),
        }
        if change.kind != "link":
            now = change.how == "on"
            sentence = _("%(words)s: now %(format)s.") if now else _("%(words)s: no longer %(format)s.")
            return self.voice.say(sentence, values)
        sentences = {
            "on": _("%(words)s is now a link to %(target)s."),
            "off": _("%(words)s is no longer a link to %(target)s."),
            "to": _("The link on %(words)s now leads to %(target)s, and no longer to %(was)s."),
            "with": _("With a link: %(words)s leads to %(target)s."),
        }
        return self.voice.say(sentences[change.how], values)

    def _target(self, target: str) -> str:
        if target in self.names:
            return self.voice.quoted(self.names[target])
        if is_reference(target):
            return _("something that no longer exists or is not public")
        return self.voice.quoted(target) if target else _("nowhere")


def is_reference(target: str) -> bool:
    prefix, _colon, key = target.partition(":")
    return key.isdecimal() and prefix in ("page", "document")


def _style(style: str) -> str:
    key = "h" if style[:1] == "h" and style[1:].isdecimal() else style.rstrip("0123456789")
    return str(STYLES.get(key, ""))


def few_words(text: str) -> str:
    """The beginning of a text, to know it by."""
    words = text.split()
    start = " ".join(words[:FEW_WORDS])
    if len(start) > LONGEST_QUOTE:
        return start[:LONGEST_QUOTE].rstrip() + "…"
    return start + "…" if len(words) > FEW_WORDS else start


def is_short(block: BlockChange) -> bool:
    """Whether a row can be told in a sentence."""
    forms = [form for change in block.paragraphs for form in (change.before, change.after) if form]
    return all(form.style in SHORT for form in forms)


def is_value(change: ParagraphChange) -> bool:
    return any(form is not None and form.style in ATOMIC for form in (change.before, change.after))
