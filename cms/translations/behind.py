"""What a translated page says of itself: that it is behind, and where; who made it, and from what.

The page asks once, lets its texts be marked on the way, and takes the notice at the end:

    standing = standing_of(page, request, alternates)
    html = standing.marks.rich(html, "conclusions")
    context["behind"] = standing.notice()
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext
from wagtail.models import Page

from cms.core.alternates import Alternate
from cms.core.body import Part
from cms.core.languages import direction
from cms.translations.addresses import side_by_side_address
from cms.translations.passages import (
    ADDED,
    LEFT_OUT,
    REMOVED,
    Passage,
    mark_texts,
    passages_missing,
    without_links,
)
from cms.translations.queries.reading import Difference, Translated, difference, translations_of
from cms.wiki.addresses import address
from cms.wiki.version_words import length, significance_name, version_name, written_day
from cms.wiki.wording import language_in_words


@dataclass(frozen=True, slots=True)
class Notice:
    partial: bool  # the source is as it was, and some of it was never translated
    passages: str  # how many, in words
    significance: str
    words: str
    since: str
    machine_since: str
    language: str
    source_url: str
    source_lang: str
    side_by_side_url: str
    first: str  # id of the first mark in the text; "" where none stands there
    elsewhere: list[SafeString]  # marks of what has no place of its own in the text


@dataclass(frozen=True, slots=True)
class Credits:
    translators: list[str]
    reviewer: str
    day: str
    machine_day: str
    version: str  # of the source; "" where nobody knows it
    version_url: str
    language: str


class Marks:
    """The passages concerned, to be set into the texts of a page. Each is set once; what is left is `rest`."""

    def __init__(self, passages: Sequence[Passage] = (), language: str = ""):
        self.number = len(passages)
        self.at: dict[str, list[tuple[int, int, SafeString]]] = defaultdict(list)
        self.rest: list[SafeString] = []
        self.language = language
        self.set_in_text: list[int] = []
        for number, passage in enumerate(passages, 1):
            mark = self._mark(number, passage)
            if passage.place is None:
                self.rest.append(mark)
            else:
                self.at[passage.place[0]].append((passage.place[1], number, mark))

    def _mark(self, number: int, passage: Passage) -> SafeString:
        context = {
            "number": number,
            "total": self.number,
            "change": passage.change,
            "added": passage.change == ADDED,
            "removed": passage.change == REMOVED,
            "left_out": passage.change == LEFT_OUT,
            "media": passage.media,
            "text": mark_safe(without_links(passage.text)),
            "lang": self.language,
            "dir": direction(self.language),
            "language": language_in_words(self.language),
        }
        return mark_safe(render_to_string("translations/_passage.html", context).strip())

    def rich(self, html: SafeString, path: str, *before: str) -> SafeString:
        """`html`, the text at `path`, with its marks; those of the paths `before` it at its head."""
        if not self.at:
            return html
        head = "".join(self.take(each) for each in before)
        marks: dict[int, str] = defaultdict(str)
        for nth, _number, mark in self.at.get(path, ()):
            marks[nth] += mark
        if marks:
            marked, placed = mark_texts(str(html), marks)
            html = mark_safe(marked + "".join(mark for nth, mark in marks.items() if nth not in placed))
            self.take(path)
        return mark_safe(head + html) if head else html

    def take(self, path: str) -> SafeString:
        """The marks at `path` and below it, to follow what stands there."""
        if not self.at:
            return mark_safe("")
        found = []
        for each in [name for name in self.at if name == path or name.startswith(f"{path}.")]:
            found += sorted(self.at.pop(each))
        self.set_in_text += [number for _nth, number, _mark in found]
        return mark_safe("".join(mark for _nth, _number, mark in found))

    def in_body(self, parts: Iterable[Part], name: str = "body") -> None:
        """Mark the parts of a text: paragraphs where they stand, all else behind its block."""
        if not self.at:
            return
        for part in parts:
            path = f"{name}.{part.key}"
            if part.type == "text":
                part.value = self.rich(mark_safe(str(part.value)), path)
            part.after = self.take(path)

    def left(self) -> list[SafeString]:
        found = [entry for entries in self.at.values() for entry in entries]
        return self.rest + [mark for _nth, _number, mark in sorted(found, key=lambda entry: entry[1])]


@dataclass
class Standing:
    """How the languages of a page's work stand; `own` is the page's, None for an original."""

    page_id: int = 0
    rows: list[Translated] = field(default_factory=list)
    own: Translated | None = None
    source: Alternate | None = None  # the original, where anybody may open it

    @cached_property
    def _difference(self) -> Difference | None:
        # What the source says is shown to those only who could read it there.
        if self.own is None or self.source is None or not (self.own.behind or self.own.partial):
            return None
        found = difference(self.own.task)
        # Beside what is missing, a partial translation may have mere typos behind it: no label, and no mark.
        return replace(found, passages=passages_missing(found.passages)) if self.own.partial else found

    @cached_property
    def marks(self) -> Marks:
        if self._difference is None or self.own is None:
            return Marks()
        return Marks(self._difference.passages, self.own.source_language)

    @property
    def behind_codes(self) -> set[str]:
        return {row.language for row in self.rows if row.behind}

    def notice(self) -> Notice | None:
        """To be taken when all texts are marked. None for a translation that is whole and not behind."""
        found, own, source = self._difference, self.own, self.source
        if found is None or own is None or source is None or not found.passages:
            return None
        number, in_text = len(found.passages), sorted(self.marks.set_in_text)
        return Notice(
            partial=own.partial,
            passages=ngettext("%(number)s passage", "%(number)s passages", number) % {"number": number},
            significance=significance_name(own.significance),
            words=length(own.words_changed) if own.words_changed else "",
            since=written_day(found.since) if found.since else "",
            machine_since=_machine_day(found.since),
            language=language_in_words(own.source_language),
            source_url=source.url,
            source_lang=source.code,
            side_by_side_url=side_by_side_address(self.page_id, own.source_language),
            first=f"behind-{in_text[0]}" if in_text else "",
            elsewhere=self.marks.left(),
        )

    def credits(self) -> Credits | None:
        own = self.own
        if own is None or own.published_at is None:
            return None
        known = own.version if own.reviewed_revision else None
        linked = self.source is not None and known and own.version_pk and own.source_page
        return Credits(
            translators=[name for name in own.translators or [] if isinstance(name, str)],
            reviewer=own.reviewer or "",
            day=written_day(own.published_at),
            machine_day=_machine_day(own.published_at),
            version=version_name(known) if known else "",
            version_url=address("revision", own.source_page, own.version_pk)  # type: ignore[arg-type]
            if linked
            else "",
            language=language_in_words(own.source_language),
        )


def _machine_day(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def standing_of(page: Page, request: HttpRequest, alternates: Iterable[Alternate]) -> Standing:
    """One query; one more, when it is asked, for a page that is behind. Of a draft or an old version nothing is said."""
    if page.pk is None or getattr(request, "is_preview", False) or getattr(page, "is_in_memory", False):
        return Standing()
    rows = translations_of(page.translation_key)
    own = next((row for row in rows if row.locale == page.locale_id), None)
    language = own.source_language if own else ""
    source = next((row for row in alternates if row.code == language and row.state == "live"), None)
    return Standing(page.pk, rows, own, source)
