"""How far each language is, what stands behind it, and who made it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils import timezone

from cms.accounts.roles import REVIEWER_PREFIX, language_group
from cms.core.entries import shown_entries
from cms.core.languages import open_language_codes
from cms.taxonomy.models import Organisation
from cms.translations.models import LanguageProgramme, TranslatedText, TranslationTask, Work
from cms.translations.queries.works import without_withheld
from cms.translations.rules import MISSING, OUTDATED
from cms.wiki.deciders import deciding_groups


def is_closed(locale_id: int) -> bool:
    """Whether nothing new is translated into a language. One query."""
    return LanguageProgramme.objects.filter(locale_id=locale_id, closed_at__isnull=False).exists()


@dataclass
class LanguageState:
    """A language in numbers of pages; `paid_words` of originals, since its programme began."""

    code: str
    total: int = 0
    originals: int = 0
    translated: int = 0  # published, those behind included
    behind: int = 0
    in_work: int = 0
    paid_words: int = 0
    words: int = 0  # ever translated here
    translators: list[tuple[str, int]] = field(default_factory=list)  # (name, number of pages), most first
    programme: LanguageProgramme | None = None
    funder: Organisation | None = None  # in the reader's language, where it exists
    funder_lang: str = ""

    @property
    def exists(self) -> int:
        return self.originals + self.translated

    @property
    def fresh(self) -> int:
        return self.exists - self.behind

    @property
    def missing(self) -> int:
        return self.total - self.exists

    @property
    def is_closed(self) -> bool:
        return self.programme is not None and self.programme.is_closed


def language_states(language: str) -> list[LanguageState]:
    """Every open language, in the site's order, for readers of `language`. Seven queries, at any size."""
    states = {code: LanguageState(code) for code in open_language_codes()}
    _count_originals(states)
    _count_translations(states)
    programmes = {
        each.locale.language_code: each
        for each in LanguageProgramme.objects.select_related("locale", "funded_by")
    }
    funders = _funders(programmes.values(), language)
    for code, state in states.items():
        state.programme = programmes.get(code)
        if state.programme is not None and state.programme.funded_by is not None:
            shown = funders.get(state.programme.funded_by.translation_key)
            state.funder, state.funder_lang = (shown.entry, shown.lang) if shown else (None, "")
    _count_words(states)
    _name_translators(states)
    return list(states.values())


def _count_originals(states: dict[str, LanguageState]) -> None:
    rows = without_withheld(Work.objects.filter(page__isnull=False), "pk").order_by()
    counted = dict(rows.values_list("source_locale__language_code").annotate(Count("pk")))
    for state in states.values():
        state.originals = counted.get(state.code, 0)
        state.total = sum(counted.values())


def _count_translations(states: dict[str, LanguageState]) -> None:
    held = Q(assignee__isnull=False) | Q(submitted_at__isnull=False)
    rows = (
        without_withheld(TranslationTask.objects.filter(work__page__isnull=False))
        .order_by()
        .values_list("target_locale__language_code")
        .annotate(
            translated=Count("pk", filter=~Q(content_state=MISSING)),
            behind=Count("pk", filter=Q(content_state=OUTDATED)),
            in_work=Count("pk", filter=held),
        )
    )
    for code, translated, behind, in_work in rows:
        if code in states:
            state = states[code]
            state.translated, state.behind, state.in_work = translated, behind, in_work


def _funders(programmes: Iterable[LanguageProgramme], language: str) -> dict:
    keys = [each.funded_by.translation_key for each in programmes if each.funded_by is not None]
    return shown_entries(Organisation.objects.filter(translation_key__in=keys), language) if keys else {}


def _count_words(states: dict[str, LanguageState]) -> None:
    """Each programme has a day it began: one sum with a condition for each language, in one query."""
    begun = Q()
    for state in states.values():
        if state.programme is not None:
            begun |= Q(
                task__target_locale_id=state.programme.locale_id, published_at__gte=_begin(state.programme)
            )
    rows = (
        TranslatedText.objects.filter(published_at__isnull=False, words__gt=0)
        .order_by()
        .values_list("task__target_locale__language_code")
        .annotate(ever=Sum("words"), paid=Sum("words", filter=begun) if begun else Sum("words"))
    )
    for code, words, paid in rows:
        if code in states:
            states[code].words = words or 0
            states[code].paid_words = (paid or 0) if states[code].programme is not None else 0


def _begin(programme: LanguageProgramme) -> datetime:
    day = programme.begins_on or (
        timezone.localdate(programme.opened_at) if programme.opened_at else date.min
    )
    if day == date.min:
        return datetime.min.replace(tzinfo=timezone.get_default_timezone())
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def _name_translators(states: dict[str, LanguageState]) -> None:
    rows = (
        without_withheld(TranslationTask.objects.filter(work__page__isnull=False, baseline__words__gt=0))
        .exclude(content_state=MISSING)
        .order_by()
        .values_list("target_locale__language_code", "baseline__translators")
        .annotate(number=Count("pk"))
    )
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for code, names, number in rows:
        for name in names or []:
            if isinstance(name, str) and name.strip():
                named[code][name.strip()] += number
    for code, state in states.items():
        state.translators = sorted(named[code].items(), key=lambda entry: (-entry[1], entry[0]))


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A language of the settings, as administrators see it."""

    code: str
    name: str
    is_open: bool
    programme: LanguageProgramme | None
    reviewers: list[str]


def programme_rows() -> list[ProgrammeRow]:
    """All languages that can be open, in the site's order. Two queries."""
    members = deciding_groups().members
    programmes = {
        each.locale.language_code: each
        for each in LanguageProgramme.objects.select_related("locale", "funded_by")
    }
    codes = open_language_codes()
    return [
        ProgrammeRow(
            code,
            settings.LANGUAGE_NAMES[code],
            code in codes,
            programmes.get(code),
            sorted(members.get(language_group(REVIEWER_PREFIX, code), {}).values()),
        )
        for code, _name in settings.LANGUAGES
    ]


def programme_of(code: str) -> LanguageProgramme | None:
    return LanguageProgramme.objects.filter(locale__language_code=code).select_related("locale").first()
