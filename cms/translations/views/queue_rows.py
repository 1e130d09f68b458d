"""What the rows of the queue say. In words here, and not in the template: thirty rows of small choices cost more there
than all the rest of the page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cms.core.dates import written_date
from cms.translations import rules
from cms.translations.addresses import task_address
from cms.translations.queries.queue import QueueLanguage
from cms.translations.queries.queue_rows import QueuedTask, QueueRow
from cms.translations.queue_wording import day_in_words, label_in_words, outdated_in_words

# Forms of the page: one leads on to the editor, one comes back to the list as it is filtered.
GO_ON, COME_BACK = "go-on", "come-back"
# Beside these labels stands what readers have meanwhile.
SAYS_CONTENT = (rules.QUEUED, rules.CLAIMED, rules.IN_PROGRESS, rules.CHANGES_REQUESTED)


@dataclass(frozen=True, slots=True)
class Verb:
    """A button where it changes something, else a link."""

    name: str
    address: str
    posts: str = ""  # the form of the page that sends it; "" for a link
    main: bool = False  # what one mostly does


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the queue, in words."""

    label: str
    title: str
    lang: str
    address: str  # "" where it cannot be opened
    state: str
    late: tuple[str, ...]  # what is marked beside the state
    facts: tuple[str, ...]
    words: str
    of_words: str
    waits: str  # "" where nothing is to be done
    since: str
    verbs: tuple[Verb, ...]

    def html(self) -> SafeString:
        return _html(self)


@lru_cache(maxsize=2000)
def _html(line: Line) -> SafeString:
    """Kept: most rows say the same to the next one who looks. All that a row depends on is in it."""
    return render_to_string("translations/admin/_queue_row.html", {"line": line})


class Lines:
    """Makes them, for one page: what is the same in many rows is said once."""

    def __init__(self, here: str):
        self.back = "?next=" + quote(here, safe="")
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.language = get_language() or ""
        self.said: dict[object, str] = {}

    def once(self, key: object, say: Callable[[], str]) -> str:
        if key not in self.said:
            self.said[key] = say()
        return self.said[key]

    def line(self, row: QueueRow) -> Line:
        task = row.task
        base = task_address(task.pk)
        to_do = task.work_state != rules.IDLE
        return Line(
            label=task.label,
            title=task.title,
            lang=row.source.code,
            address=base if row.openable else "",
            state=self.state(task),
            late=tuple(self.late(row)),
            facts=tuple(self.facts(row)),
            words=self.words(task.words_to_do),
            of_words=self.once(("of", task.words), lambda: _("of %(total)s") % {"total": _figure(task.words)})
            if task.words_to_do
            else "",
            waits=self.waits(task.waiting_since) if to_do else "",
            since=task.waiting_since.isoformat() if to_do else "",
            verbs=tuple(self.verbs(row, base)),
        )

    def state(self, task: QueuedTask) -> str:
        if task.label in (rules.CLAIMED, rules.OUTDATED):
            return label_in_words(task)
        return self.once(("label", task.label), lambda: label_in_words(task))

    def late(self, row: QueueRow) -> list[str]:
        late = []
        if row.task.priority:
            priority = row.task.priority
            late.append(self.once(("priority", priority), lambda: str(dict(rules.PRIORITIES)[priority])))
        if row.overdue:
            late.append(self.once("overdue", lambda: _("overdue")))
        return late

    def facts(self, row: QueueRow) -> list[str]:
        task = row.task
        facts = [
            self.once(("kind", row.kind), lambda: str(capfirst(row.kind))),
            self.once((row.source.pk, row.target.pk), lambda: _direction(row.source, row.target)),
        ]
        if task.label in SAYS_CONTENT:
            facts.append(self.content(task))
        if row.mine:
            facts.append(self.once("mine", lambda: _("yours")))
        elif row.held and task.label != rules.CLAIMED:
            facts.append(_held(task))
        if task.due_on:
            facts.append(_("wanted by %(day)s") % {"day": written_date(task.due_on)})
        if task.requests:
            facts.append(
                ngettext("%(number)s reader asks for it", "%(number)s readers ask for it", task.requests)
                % {"number": task.requests}
            )
        return facts

    def content(self, task: QueuedTask) -> str:
        """What readers have meanwhile."""
        if task.content_state == rules.OUTDATED:
            return outdated_in_words(task)
        state = task.content_state
        return self.once(("content", state), lambda: str(dict(rules.CONTENT_STATES)[state]))

    def words(self, number: int) -> str:
        if not number:
            return self.once("no words", lambda: _("no words to do"))
        return self.once(
            ("words", number),
            lambda: (
                ngettext("%(number)s word to do", "%(number)s words to do", number)
                % {"number": _figure(number)}
            ),
        )

    def waits(self, since: datetime) -> str:
        days = (self.now - since).days
        if days < 1:
            return _("waits for %(since)s") % {"since": timesince(since, self.now)}
        return _waits_days(days, self.today, self.language)

    def verbs(self, row: QueueRow, base: str) -> list[Verb]:
        named = self.once
        verbs = []
        if row.mine and not row.task.in_review:
            verbs.append(Verb(named("go on", lambda: _("Go on")), base, main=True))
        elif row.claimable:
            verbs.append(Verb(named("claim", lambda: _("Claim")), f"{base}claim/", GO_ON, main=True))
        elif row.openable:
            verbs.append(Verb(named("open", lambda: _("Open")), base))
        if row.releasable:
            release = named("release", lambda: _("Release"))
            verbs.append(Verb(release, f"{base}release/", COME_BACK))
        if row.handable:
            held = row.task.assignee_id is not None
            name = named(("hand", held), lambda: _("Hand over") if held else _("Assign"))
            verbs.append(Verb(name, f"{base}hand-over/{self.back}"))
        if row.plannable:
            verbs.append(Verb(named("plan", lambda: _("Plan")), f"{base}plan/{self.back}"))
        return verbs


def _figure(number: int) -> str:
    return number_format(number, 0, force_grouping=True)


def _direction(source: QueueLanguage, target: QueueLanguage) -> SafeString:
    return format_html(
        '<span lang="{}" dir="{}">{}</span> → <span lang="{}" dir="{}">{}</span>',
        *(source.code, source.dir, source.name, target.code, target.dir, target.name),
    )


def _held(task: QueuedTask) -> str:
    said = _("with %(name)s") % {"name": task.holder}
    if task.claim_expires_at is None or task.in_review:
        return said
    return said + ", " + _("until %(day)s") % {"day": day_in_words(task.claim_expires_at)}


@lru_cache(maxsize=4000)
def _waits_days(days: int, today: date, _language: str) -> str:
    """The same for all that wait as long, for a day. `today` and the language tell when it is another text."""
    moment = datetime.combine(today, datetime.min.time())
    return _("waits for %(since)s") % {"since": timesince(moment - timedelta(days=days), moment)}
