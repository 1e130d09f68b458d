"""Pages and shared entries by id, each in the language of the reader, else in one that exists.

A link may point to the row of any language; what it means is the work (or the entry) with that
`translation_key`. Everything a page shows is resolved in one query for pages and one for each kind of entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import BooleanField, CharField, ExpressionWrapper, OuterRef, Q, Subquery, Value
from wagtail.models import Page

from cms.core.languages import open_language_codes
from cms.core.linked_text import LinkTarget
from cms.core.visibility import restricted_from
from cms.taxonomy.models import Organisation, Person, Territory, Theme
from initiatives.models import ReferenceCode
from initiatives.rules import KINDS


@dataclass(frozen=True, slots=True)
class WorkLink:
    """A page as a link: `lang` is empty where the title is in the reader's language."""

    key: UUID
    title: str
    url: str
    language: str
    lang: str
    kind: str  # two letters, "" for other pages than documents
    code: str

    @property
    def dir(self) -> str:
        return direction(self.lang)

    @property
    def kind_name(self) -> str:
        return KINDS.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class EntryLink:
    key: UUID
    name: str
    url: str
    lang: str
    parent: int | None = None  # id of the row above, territories only
    kind: str = ""  # territories only

    @property
    def dir(self) -> str:
        return direction(self.lang)


def direction(language: str) -> str:
    """ "" for no language of its own, else `ltr` or `rtl`."""
    if not language:
        return ""
    return "rtl" if language in settings.LANGUAGES_BIDI else "ltr"


def page_address(url_path: str, language: str) -> str:
    """The address of a page: the first step of its path is the home page of its language."""
    return f"/{language}/{url_path.strip('/').partition('/')[2]}/".replace("//", "/")


class Works:
    """The works behind a set of page ids. `get(id)` is None for what the public may not see."""

    def __init__(self, ids: Iterable[int], language: str):
        self.language = language
        self._key_of: dict[int, UUID] = {}
        self._rows: dict[UUID, dict[str, tuple]] = {}
        self._codes: dict[UUID, str] = {}
        ids = set(ids)
        if ids:
            self._load(ids)

    def _load(self, ids: set[int]) -> None:
        shown = Q(live=True, locale__language_code__in=open_language_codes(), alias_of__isnull=True)
        code = ReferenceCode.objects.filter(translation_key=OuterRef("translation_key")).values("code")
        rows = (
            Page.objects.filter(translation_key__in=Page.objects.filter(pk__in=ids).values("translation_key"))
            .annotate(
                shown=ExpressionWrapper(shown & ~restricted_from(None), BooleanField()),
                code=Subquery(code[:1]),
            )
            .values_list(
                "pk",
                "translation_key",
                "locale__language_code",
                "title",
                "url_path",
                "document__kind",
                "document__written_in",
                "code",
                "shown",
            )
        )
        for pk, key, language, title, url_path, kind, written_in, code, is_shown in rows:
            self._key_of[pk] = key
            if code:
                self._codes[key] = code
            if is_shown:
                self._rows.setdefault(key, {})[language] = (title, url_path, kind, written_in)

    def get(self, pk: int | None) -> WorkLink | None:
        """The work of the page with this id: in the reader's language, else the original, else any."""
        key = self._key_of.get(pk)
        rows = self._rows.get(key)
        if not rows:
            return None
        language = self.language
        if language not in rows:
            written_in = next(iter(rows.values()))[3]
            language = written_in if written_in in rows else min(rows)
        title, url_path, kind, _written_in = rows[language]
        lang = "" if language == self.language else language
        url = page_address(url_path, language)
        return WorkLink(key, title, url, language, lang, kind or "", self._codes.get(key, ""))

    def code(self, pk: int | None) -> str:
        """The reference code of the page's work, "" before its first publication."""
        return self._codes.get(self._key_of.get(pk), "")

    def target(self, pk: int) -> LinkTarget | None:
        """The same, for the links inside a text."""
        work = self.get(pk)
        return LinkTarget(work.url, work.lang) if work else None

    def addresses(self, key: UUID) -> dict[str, str]:
        """Language → address of the public pages of one work."""
        return {code: page_address(row[1], code) for code, row in self._rows.get(key, {}).items()}


class Entries:
    """People, organisations, themes or territories by id, named for the reader."""

    def __init__(self, rows: Iterable[tuple], section: str, language: str):
        self.language = language
        self._key_of: dict[int, UUID] = {}
        self._rows: dict[UUID, dict[str, tuple]] = {}
        self._section = section
        for pk, key, code, name, slug, parent, kind, live in rows:
            self._key_of[pk] = key
            if live:
                self._rows.setdefault(key, {})[code] = (name, slug, parent, kind)

    def get(self, pk: int | None) -> EntryLink | None:
        key = self._key_of.get(pk)
        rows = self._rows.get(key)
        if not rows:
            return None
        code = self.language if self.language in rows else min(rows)
        name, slug, parent, kind = rows[code]
        lang = "" if code == self.language else code
        return EntryLink(key, name, f"/{self.language}/{self._section}/{slug}/", lang, parent, kind)

    def all(self, ids: Iterable[int]) -> list[EntryLink]:
        """Those that are public, in the given order, each once."""
        found = {}
        for pk in ids:
            entry = self.get(pk)
            if entry:
                found.setdefault(entry.key, entry)
        return list(found.values())


def named_entries(
    language: str, people: set[int], organisations: set[int], themes: set[int]
) -> tuple[Entries, Entries, Entries]:
    """People, organisations and themes in one query (none where nothing is asked for)."""
    asked = [
        ("people", Person, people),
        ("organisations", Organisation, organisations),
        ("themes", Theme, themes),
    ]
    parts = []
    for section, model, ids in asked:
        if ids:
            parts.append(
                model.objects.filter(
                    translation_key__in=model.objects.filter(pk__in=ids).order_by().values("translation_key")
                )
                .order_by()
                .values_list(
                    Value(section, CharField()),
                    "pk",
                    "translation_key",
                    "locale__language_code",
                    "name",
                    "slug",
                    "live",
                )
            )
    rows: dict[str, list[tuple]] = {section: [] for section, _model, _ids in asked}
    if parts:
        for section, pk, key, code, name, slug, live in parts[0].union(*parts[1:], all=True):
            rows[section].append((pk, key, code, name, slug, None, "", live))
    made = [Entries(rows[section], section, language) for section, _model, _ids in asked]
    return made[0], made[1], made[2]


class Territories(Entries):
    """Territories with what lies above them, so that a place reads “Schifflange, Luxembourg”."""

    def path(self, pk: int | None) -> list[EntryLink]:
        """The territory and what it lies in, from the nearest up to its country (a continent stands alone)."""
        path: list[EntryLink] = []
        entry = self.get(pk)
        while entry and len(path) < 4 and entry.key not in {step.key for step in path}:
            if path and entry.kind == Territory.Kind.CONTINENT:
                break
            path.append(entry)
            entry = self.get(entry.parent)
        return path


def territories_by_id(language: str, ids: set[int]) -> Territories:
    """The territories and up to three levels above them. One query, none without ids."""
    if not ids:
        return Territories((), "territories", language)
    own = Territory.objects.filter(pk__in=ids).order_by()
    keys = Q(translation_key__in=own.values("translation_key"))
    for above in ("parent", "parent__parent", "parent__parent__parent"):
        keys |= Q(translation_key__in=own.values(f"{above}__translation_key"))
    rows = (
        Territory.objects.filter(keys)
        .order_by()
        .values_list(
            "pk", "translation_key", "locale__language_code", "name", "slug", "parent_id", "kind", "live"
        )
    )
    return Territories(rows, "territories", language)
