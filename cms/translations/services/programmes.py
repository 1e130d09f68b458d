"""Opening a language and closing it. Everything is there at once, without a deployment or a restart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Func, IntegerField
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from cms.accounts.models import User
from cms.accounts.roles import REVIEWER_PREFIX, language_group
from cms.accounts.services import ensure_roles, give_role
from cms.translations import rules
from cms.translations.bulk import taken_in_later
from cms.translations.kinds import translated_models
from cms.translations.models import LanguageProgramme, TranslationTask, Work
from cms.translations.opening import make_what_a_language_needs
from cms.translations.queries.rights import is_administrator

from .works import settle

BATCH = 1000


class AlreadyOpen(Exception):
    """The language is open, perhaps since a moment ago, by somebody else. Nothing was written."""


class NotOpen(Exception):
    """The language is not open, or closed already. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a language is translated on."""

    funded_by: Any = None  # a `taxonomy.Organisation`
    begins_on: date | None = None
    ends_on: date | None = None
    word_budget: int | None = None
    note: str = ""

    def check(self) -> None:
        if self.begins_on and self.ends_on and self.ends_on < self.begins_on:
            raise ValidationError({"ends_on": _("The end lies before the beginning.")})


def _require_administrator(user: User) -> None:
    if not is_administrator(user):
        raise PermissionDenied


def _lock() -> None:
    """One opens or closes a language at a time; the row of the first language stands for all."""
    Locale.objects.select_for_update().get(language_code=settings.LANGUAGE_CODE)


@transaction.atomic
def open_language(user: User, code: str, terms: Terms, reviewers: Iterable[User] = ()) -> LanguageProgramme:
    """Open a language of `settings.LANGUAGES`: pages, groups and their rights, reviewers, and a queue of all works.

    Raises `PermissionDenied`, `AlreadyOpen`, `ValidationError`.
    """
    _require_administrator(user)
    if code not in dict(settings.LANGUAGES):
        raise ValidationError({"code": _("This site does not know the language.")})
    terms.check()
    _lock()
    if _is_open(code):
        raise AlreadyOpen(code)
    locale, _created = Locale.objects.get_or_create(language_code=code)
    # Its pages hold no translation yet: nothing of them is to be taken for one.
    with taken_in_later():
        make_what_a_language_needs(code)
    ensure_roles([code])
    _appoint(code, reviewers)
    programme, _new = LanguageProgramme.objects.update_or_create(
        locale=locale, defaults={**_fields(terms), "opened_at": timezone.now(), "closed_at": None}
    )
    ask_for_all(locale)
    return programme


def _is_open(code: str) -> bool:
    """Asked of the database: what the process keeps may be from before another administrator's opening."""
    site = Site.objects.filter(is_default_site=True)
    homes = Page.objects.live().filter(translation_key__in=site.values("root_page__translation_key"))
    return homes.filter(locale__language_code=code, alias_of__isnull=True).exists()


def _fields(terms: Terms) -> dict[str, Any]:
    names = ("funded_by", "begins_on", "ends_on", "word_budget", "note")
    return {name: getattr(terms, name) for name in names}


def _appoint(code: str, reviewers: Iterable[User]) -> None:
    for person in reviewers:
        give_role(person, language_group(REVIEWER_PREFIX, code))


@transaction.atomic
def change_terms(user: User, code: str, terms: Terms, reviewers: Iterable[User] = ()) -> LanguageProgramme:
    """Of a language that is open, whether it was opened here or with the site. `reviewers` come beside those there are.

    Raises `PermissionDenied`, `NotOpen`, `ValidationError`.
    """
    _require_administrator(user)
    terms.check()
    _lock()
    if not _is_open(code):
        raise NotOpen(code)
    locale = Locale.objects.get(language_code=code)
    programme, _new = LanguageProgramme.objects.update_or_create(locale=locale, defaults=_fields(terms))
    _appoint(code, reviewers)
    return programme


@transaction.atomic
def close_language(user: User, code: str) -> LanguageProgramme:
    """Ask for nothing new in a language. What is published stays readable, and what is under way may be finished.

    Raises `PermissionDenied`, `NotOpen`.
    """
    _require_administrator(user)
    _lock()
    if not _is_open(code):
        raise NotOpen(code)
    locale = Locale.objects.get(language_code=code)
    programme, _new = LanguageProgramme.objects.get_or_create(locale=locale)
    if programme.is_closed:
        raise NotOpen(code)
    programme.closed_at = timezone.now()
    programme.save(update_fields=["closed_at"])
    return programme


@transaction.atomic
def reopen_language(user: User, code: str) -> LanguageProgramme:
    """Ask for translations again, of what came meanwhile too. Raises `PermissionDenied`, `AlreadyOpen`, `NotOpen`."""
    _require_administrator(user)
    _lock()
    programme = LanguageProgramme.objects.filter(locale__language_code=code).select_related("locale").first()
    if programme is None or not _is_open(code):
        raise NotOpen(code)
    if not programme.is_closed:
        raise AlreadyOpen(code)
    programme.closed_at = None
    programme.save(update_fields=["closed_at"])
    ask_for_all(programme.locale)
    return programme


def ask_for_all(locale: Locale) -> int:
    """A task for every public work that has none in the language. Returns how many were made. A query a thousand works.

    Works that exist in the language already are taken over as they are, one by one.
    """
    works = (
        Work.objects.filter(public=True).exclude(source_locale=locale).exclude(tasks__target_locale=locale)
    )
    there = set(_live_in(locale))
    now = timezone.now()
    found = works.order_by().annotate(texts=LengthOfList(F("segments")))
    rows = list(found.values_list("pk", "translation_key", "words", "texts"))
    need = rules.need("", rules.MISSING, timedelta(), 0, rules.NORMAL)
    TranslationTask.objects.bulk_create(
        (
            TranslationTask(
                work_id=pk,
                target_locale=locale,
                content_state=rules.MISSING,
                work_state=rules.QUEUED,
                label=rules.label_of(rules.MISSING, rules.QUEUED),
                segments=texts,
                words=words,
                words_to_do=words,
                need=need,
                waiting_since=now,
            )
            for pk, _key, words, texts in rows
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    existing = [pk for pk, key, _words, _texts in rows if key in there]
    tasks = TranslationTask.objects.filter(target_locale=locale, work_id__in=existing)
    for task in tasks.select_related("work__source_locale", "target_locale", "baseline"):
        settle(task)
    return len(rows)


def _live_in(locale: Locale) -> Iterable[Any]:
    """`translation_key`s of what is public in the language and was not made by the opening itself. A query a model."""
    for model in translated_models():
        rows: Any = model._base_manager.filter(locale=locale, live=True)
        if issubclass(model, Page):
            # A home page comes with the language, in words that nobody translated.
            rows = rows.filter(alias_of__isnull=True, depth__gt=2)
        yield from rows.order_by().values_list("translation_key", flat=True)


class LengthOfList(Func):
    """How many entries a JSON list has."""

    output_field = IntegerField()

    def as_sqlite(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, function="json_array_length", **extra)

    def as_postgresql(self, compiler, connection, **extra):
        return super().as_sql(compiler, connection, function="jsonb_array_length", **extra)
