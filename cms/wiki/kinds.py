"""What the apps above tell the wiki of their pages, without being imported: types, collections, who wrote them.

An app registers in `ready()`:

    register_kind(InitiativeFile, "if", _("Initiative file"))
    register_collections(listed, members, holding, within)
    register_citation(Document, cited)
    register_naming(Document, naming)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of page: `key` names it in addresses, `name` is translated when it is shown."""

    key: str
    name: object


@dataclass(frozen=True, slots=True)
class ListedCollection:
    key: str  # the same in every language
    title: str
    lang: str = ""  # only where it is not the reader's
    work: str = ""  # stays when the collection is renamed


@dataclass(frozen=True, slots=True)
class Cited:
    """What citing a version of a page needs and the wiki does not know."""

    code: str = ""
    authors: tuple[tuple[str, str], ...] = ()  # (name, the same with the family name first)
    organisations: tuple[str, ...] = ()  # that stand for it where it names no author


_kinds: dict[type[Page], Kind] = {}
_citations: dict[type[Page], Callable[[Page], Cited]] = {}
_collections: list[tuple[Callable[[str], list[ListedCollection]], Callable[[str], QuerySet]]] = []
_holding: list[tuple[Callable[[Page], list[str]], Callable[[Sequence[str]], QuerySet]]] = []
_naming: dict[type[Page], Callable[[Page], list[int]]] = {}


def register_kind(model: type[Page], key: str, name: object) -> None:
    _kinds[model] = Kind(key, name)


def register_collections(
    listed: Callable[[str], list[ListedCollection]],
    members: Callable[[str], QuerySet],
    holding: Callable[[Page], list[str]],
    within: Callable[[Sequence[str]], QuerySet],
) -> None:
    """`listed(language)`: the public collections; `members(key)`: the ids of the pages in one.

    `holding(page)`: the `work` of each collection the page stands in, or is; `within(works)`: the other way round,
    the ids of the pages of some collections.
    """
    _collections[:] = [(listed, members)]
    _holding[:] = [(holding, within)]


def register_naming(model: type[Page], naming: Callable[[Page], list[int]]) -> None:
    """`naming(page)`: ids of the pages that name a page of `model` in one of their fields, not in their text."""
    _naming[model] = naming


def register_citation(model: type[Page], cited: Callable[[Page], Cited]) -> None:
    """`cited(page)`: of a page of `model`, or of a version of it that is only in memory."""
    _citations[model] = cited


def kinds() -> list[Kind]:
    """In the order in which they were registered."""
    return list(_kinds.values())


def models_with_kinds() -> dict[type[Page], Kind]:
    return dict(_kinds)


def kind_by_type() -> dict[int, Kind]:
    """By the id of the content type."""
    types = ContentType.objects.get_for_models(*_kinds)
    return {types[model].pk: kind for model, kind in _kinds.items()}


def types_of(key: str) -> list[int]:
    """Ids of the content types of one kind."""
    return [pk for pk, kind in kind_by_type().items() if kind.key == key]


def collections(language: str) -> list[ListedCollection]:
    return [entry for listed, _members in _collections for entry in listed(language)]


def pages_in_collection(key: str) -> QuerySet:
    """Ids of the pages that stand in the collection, whatever their language."""
    for _listed, members in _collections:
        return members(key)
    return Page.objects.none().values("pk")


def cited(page: Page) -> Cited:
    for model in type(page).__mro__:
        if model in _citations:
            return _citations[model](page)
    return Cited()


def collections_holding(page: Page) -> list[str]:
    """The `work` of each collection that `page`, of its own type, stands in or is."""
    return [work for holding, _within in _holding for work in holding(page)]


def pages_within(works: Sequence[str]) -> QuerySet:
    """Ids of the pages of collections given by their `work`."""
    for _holding_of, within in _holding:
        return within(works)
    return Page.objects.none().values("pk")


def pages_naming(page: Page) -> list[int]:
    """Ids of the pages that name `page`, of its own type, in a field."""
    for model in type(page).__mro__:
        if model in _naming:
            return _naming[model](page)
    return []


def kind_of(page: Page) -> Kind | None:
    for model in type(page).__mro__:
        if model in _kinds:
            return _kinds[model]
    return None
