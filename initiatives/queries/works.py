"""Pages and shared entries by id, each in the language of the reader, else in one that exists.

A link may point to the row of any language; what it means is the work (or the entry) with that
`translation_key`. All pages that a page names are resolved in one query, all entries in another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from wagtail.models import Page

from cms.core.addresses import tree_address
from cms.core.language_choice import language_shown
from cms.core.languages import direction
from cms.core.linked_text import LinkTarget
from cms.core.prepared import Prepared, Slot, key_of, numbers
from cms.core.visibility import public_row
from cms.taxonomy.models import Organisation, Person, Territory, Theme
from initiatives.models import ReferenceCode
from initiatives.rules import KINDS


@dataclass(frozen=True, slots=True)
class WorkLink:
    """A page as a link: `lang` is empty where the title is in the reader's language."""

    key: str
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
        return str(KINDS.get(self.kind, ""))


@dataclass(frozen=True, slots=True)
class EntryLink:
    key: str
    name: str
    url: str
    lang: str
    parent: int | None = None  # id of the row above, territories only
    kind: str = ""  # territories only

    @property
    def dir(self) -> str:
        return direction(self.lang)


def _all_versions(slots: list[Slot]) -> QuerySet:
    code = ReferenceCode.objects.filter(translation_key=OuterRef("translation_key")).values("code")
    named = Page.objects.filter(pk__in=numbers(slots)).order_by().values("translation_key")
    return (
        Page.objects.filter(translation_key__in=named)
        .order_by()
        .annotate(code=Subquery(code[:1]))
        .values_list(
            "pk",
            "translation_key",
            "locale__language_code",
            "title",
            "url_path",
            "document__kind",
            "document__written_in",
            "code",
            "live",
            "path",
            "alias_of_id",
        )
    )


_VERSIONS = Prepared(_all_versions)


class Works:
    """The works behind a set of page ids. `get(id)` is None for what the public may not see. One query."""

    def __init__(self, ids: Iterable[int], language: str):
        self.language = language
        self._key_of: dict[int, str] = {}
        self._rows: dict[str, dict[str, tuple]] = {}
        self._codes: dict[str, str] = {}
        self._made: dict[str, WorkLink] = {}
        for pk, uuid, code, title, url_path, kind, written_in, number, live, path, alias in _VERSIONS.rows_of(
            ids
        ):
            key = key_of(uuid)
            self._key_of[pk] = key
            if number:
                self._codes[key] = number
            if alias is None and public_row(live, code, path):
                self._rows.setdefault(key, {})[code] = (title, url_path, kind, written_in)

    def get(self, pk: int | None) -> WorkLink | None:
        """The work of the page with this id, in the language that the reader gets."""
        key = self._key_of.get(pk) if pk else None
        if key is None or key not in self._rows:
            return None
        if key not in self._made:
            self._made[key] = self._link(key)
        return self._made[key]

    def _link(self, key: str) -> WorkLink:
        rows = self._rows[key]
        written_in = next(iter(rows.values()))[3]
        language = language_shown(rows, self.language, written_in)
        title, url_path, kind, _written_in = rows[language]
        lang = "" if language == self.language else language
        return WorkLink(
            key, title, tree_address(language, url_path), language, lang, kind or "", self._codes.get(key, "")
        )

    def all(self, ids: Iterable[int | None]) -> list[WorkLink]:
        """Those that are public, in the given order, each once."""
        return list({work.key: work for pk in ids if (work := self.get(pk))}.values())

    def code(self, pk: int | None) -> str:
        """The reference code of the page's work, "" before its first publication."""
        return self._codes.get(self._key_of.get(pk, ""), "") if pk else ""

    def target(self, pk: int) -> LinkTarget | None:
        """The same, for the links inside a text."""
        work = self.get(pk)
        return LinkTarget(work.url, work.lang) if work else None

    def addresses(self, key: UUID) -> dict[str, str]:
        """Language → address of the public pages of one work."""
        return {code: tree_address(code, row[1]) for code, row in self._rows.get(key_of(key), {}).items()}


# --- People, organisations, themes, territories ----------------------------------------------------

SECTIONS = {"people": Person, "organisations": Organisation, "themes": Theme, "territories": Territory}


class Entries:
    """Shared entries of one kind by id, named for the reader."""

    def __init__(self, section: str, language: str):
        self.language = language
        self._section = section
        self._key_of: dict[int, str] = {}
        self._rows: dict[str, dict[str, tuple]] = {}

    def add(self, pk, key, code, name, slug, parent, kind, live) -> None:
        key = key_of(key)
        self._key_of[pk] = key
        if live:
            self._rows.setdefault(key, {})[code] = (name, slug, parent, kind)

    def get(self, pk: int | None) -> EntryLink | None:
        key = self._key_of.get(pk, "") if pk else ""
        rows = self._rows.get(key)
        if not rows:
            return None
        code = language_shown(rows, self.language)
        name, slug, parent, kind = rows[code]
        lang = "" if code == self.language else code
        return EntryLink(key, name, f"/{self.language}/{self._section}/{slug}/", lang, parent, kind)

    def all(self, ids: Iterable[int | None]) -> list[EntryLink]:
        """Those that are public, in the given order, each once."""
        found: dict[str, EntryLink] = {}
        for pk in ids:
            entry = self.get(pk)
            if entry:
                found.setdefault(entry.key, entry)
        return list(found.values())

    def path(self, pk: int | None) -> list[EntryLink]:
        """A territory and what it lies in, from the nearest up to its country (a continent stands alone)."""
        path: list[EntryLink] = []
        entry = self.get(pk)
        while entry and len(path) < 4 and entry.key not in {step.key for step in path}:
            if path and entry.kind == Territory.Kind.CONTINENT:
                break
            path.append(entry)
            entry = self.get(entry.parent)
        return path


def _named(*groups: list[Slot]) -> QuerySet:
    parts = []
    for (section, model), slots in zip(SECTIONS.items(), groups, strict=True):
        named = model.objects.filter(pk__in=numbers(slots)).order_by()
        keys = Q(translation_key__in=named.values("translation_key"))
        tree = model is Territory
        if tree:
            # With up to three levels above, so that a place reads “Schifflange, Luxembourg”.
            for above in ("parent", "parent__parent", "parent__parent__parent"):
                keys |= Q(translation_key__in=named.values(f"{above}__translation_key"))
        parts.append(
            model.objects.filter(keys)
            .order_by()
            .values_list(
                Value(section, CharField()),
                "pk",
                "translation_key",
                "locale__language_code",
                "name",
                "slug",
                F("parent_id") if tree else Value(0, IntegerField()),
                F("kind") if tree else Value("", CharField()),
                "live",
            )
        )
    return parts[0].union(*parts[1:], all=True)


_NAMED = Prepared(_named)


def named_entries(language: str, **ids: Iterable[int]) -> dict[str, Entries]:
    """`people`, `organisations`, `themes` and `territories` by id. One query, none where nothing is asked."""
    found = {section: Entries(section, language) for section in SECTIONS}
    for section, *row in _NAMED.rows_of(*(ids.get(section, ()) for section in SECTIONS)):
        found[section].add(*row)
    return found
