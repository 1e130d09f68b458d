"""Everything the editor of a translation shows, in a number of queries that does not grow with the text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.utils.safestring import SafeString

from cms.translations import rules
from cms.translations.inline import plain_text
from cms.translations.labels import place_of
from cms.translations.markup import as_shown
from cms.translations.models import SegmentComment, SegmentDraft, TranslationTask
from cms.translations.queries.editor_rows import ALL, CHANGED, TO_DO, Row, Written
from cms.translations.queries.findings import findings_of
from cms.translations.queries.glossary import term_index
from cms.translations.queries.links import Destinations, LinkShown
from cms.translations.queries.media import MediaLine, media_lines
from cms.translations.queries.texts import (
    keys_of,
    last_numbers,
    latest_drafts,
    media_standings,
    survey_of,
)
from cms.translations.replacing import MediaStanding, fingerprint, lost
from cms.translations.rules import Known, Standing, known_key


@dataclass(frozen=True, slots=True)
class Line:
    """A segment with what stands above it: the name of the field, and of the block, where they change."""

    row: Row
    section: str
    part: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Segments one after the other that are all shown, or all folded away."""

    folded: bool
    lines: list[Line]


@dataclass
class EditorScreen:
    task: TranslationTask
    rows: list[Row]
    removed: tuple[Known, ...]
    show: str
    last_draft: int  # of all savings shown, the last: what is decided on is what was seen

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if row.key == key), None)

    @cached_property
    def stretches(self) -> list[Stretch]:
        groups = groupby(self.rows, key=lambda row: row.is_shown(self.show))
        return [Stretch(not shown, list(_lines(rows))) for shown, rows in groups]

    @property
    def gone(self) -> list[tuple[SafeString, SafeString]]:
        """Of each removed segment the source and the translation, as they are shown."""
        return [(as_shown(known.source), as_shown(known.target)) for known in self.removed]

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if not row.standing.text]

    @property
    def faulty(self) -> list[Row]:
        return [row for row in self.rows if row.has_errors]

    @property
    def warnings(self) -> int:
        return sum(each.level != "error" for row in self.rows for each in row.findings)

    @property
    def confirmable(self) -> list[Row]:
        """The source changed; the published words may still say it."""
        return [row for row in self.rows if row.state == rules.CHANGED and row.standing.old_target]

    @cached_property
    def media(self) -> list[MediaLine]:
        """Pictures and files, beside what stands there in the translation. Three queries at most."""
        return media_lines(self.task)

    @cached_property
    def media_standings(self) -> list[MediaStanding]:
        return media_standings(self.task)

    @property
    def media_to_check(self) -> list[MediaStanding]:
        """Replaced, and another one in the original since."""
        return [each for each in self.media_standings if each.source_changed]

    @property
    def media_to_follow(self) -> list[MediaStanding]:
        """Another one in the original, and the translation shows that of the original."""
        return [each for each in self.media_standings if each.behind and not each.chosen]

    @property
    def media_lost(self) -> int:
        """Chosen for what the original has no more."""
        return lost(self.task.work.media, self.task.replacements)

    @property
    def media_seen(self) -> str:
        """With `last_draft`: what is decided on is what was seen."""
        return fingerprint(self.task.replacements)

    @property
    def drafted(self) -> int:
        return sum(row.state == rules.DRAFTED for row in self.rows)


def task_with_all(task_id: int) -> TranslationTask | None:
    return (
        TranslationTask.objects.select_related(
            "work__source_locale",
            "work__content_type",
            "target_locale",
            "baseline",
            "assignee",
            "submission",
            "submitted_by",
        )
        # By `id`: a number no database can hold is nothing, and no error.
        .filter(id=task_id)
        .first()
    )


def usual_show(task: TranslationTask) -> str:
    """What the editor opens with: of a translation that exists, only what changed."""
    return ALL if task.baseline is None else CHANGED


def editor_screen(task: TranslationTask, show: str = "") -> EditorScreen:
    """Six queries, and those of the checks. `task`: as `task_with_all` gives it."""
    drafts = latest_drafts(task)
    found = survey_of(task, drafts)
    model: Any = task.work.content_type.model_class()
    raw = {row["path"] + "\0" + row["text"]: row for row in task.work.segments}
    rows = _Rows(task, drafts, model)
    shown = [
        rows.row(number, each, raw[each.segment.path + "\0" + each.segment.text])
        for number, each in enumerate(found.standings, 1)
    ]
    findings = findings_of(task, found.texts()).by_key
    for row in shown:
        row.findings = list(findings.get(row.key, ()))
    chosen = show if show in (ALL, CHANGED, TO_DO) else usual_show(task)
    last = max((draft.pk for draft in drafts.values()), default=0)
    return EditorScreen(task, shown, found.removed, chosen, last)


class _Rows:
    """Makes rows from what was read beforehand."""

    def __init__(self, task: TranslationTask, drafts: Mapping[str, SegmentDraft], model: Any):
        self.task, self.drafts, self.model = task, drafts, model
        self.numbers = last_numbers(task)
        self.comments = dict(
            SegmentComment.objects.filter(task=task).order_by().values_list("key").annotate(Count("pk"))
        )
        self.published = {known_key(row): row for row in task.baseline.segments} if task.baseline else {}
        attributes = [attrs for row in task.work.segments for attrs in row["links"].values()]
        self.destinations = Destinations(attributes, task.target_locale)
        self.heading: dict[str, str] = {}
        self.terms = term_index(task.work.source_locale.language_code, task.target_locale.language_code)

    def row(self, number: int, standing: Standing, raw: dict[str, Any]) -> Row:
        key = standing.segment.key
        place = place_of(self.model, raw)
        field_name = standing.segment.path.partition(".")[0]
        under = self.heading.get(field_name, "")
        if raw["block"] == "heading":
            under = ""
            self.heading[field_name] = plain_text(standing.segment.text)
        return Row(
            standing,
            place,
            raw["block"],
            raw["rich"],
            self._links(key, raw),
            self.numbers.get(key, 0),
            self._written(key, standing),
            under,
            number,
            sum(self.comments.get(each, 0) for each in keys_of(standing)),
            terms=self.terms,
        )

    def _links(self, key: str, raw: dict[str, Any]) -> list[LinkShown]:
        draft = self.drafts.get(key)
        chosen = draft.links if draft is not None else self.published.get(key, {}).get("links", {})
        return [
            self.destinations.link(name, number, attrs, chosen.get(name, ""))
            for number, (name, attrs) in enumerate(_anchors(raw["links"]), 1)
        ]

    def _written(self, key: str, standing: Standing) -> Written:
        draft = self.drafts.get(key)
        if draft is not None:
            return Written(draft.author_name, draft.author_id, draft.origin, draft.created_at)
        row = self.published.get(key)
        if row is None or not standing.text or self.task.baseline is None:
            return Written()
        return Written(row.get("author", ""), None, row.get("origin", ""), self.task.baseline.published_at)


def _anchors(links: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Only what leads somewhere; the library keeps the attributes of other tags beside."""
    return [(name, attrs) for name, attrs in links.items() if "href" in attrs or "linktype" in attrs]


def _lines(rows: Iterator[Row]) -> Iterator[Line]:
    section = part = None
    for row in rows:
        here: tuple[Callable | str, str] = (row.place.field, row.place.group)
        opens_section, opens_part = row.place.field != section, here != part
        section, part = row.place.field, here
        name = row.place.part if opens_part else ""
        yield Line(row, row.place.field if opens_section else "", name)
