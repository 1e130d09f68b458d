"""Collections as they are listed: each once, in the reader's language, else in one that exists."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from cms.core.addresses import tree_address
from cms.core.language_choice import language_shown
from cms.core.languages import direction
from initiatives.models import Collection


@dataclass(frozen=True, slots=True)
class ListedCollection:
    key: str  # see `facet_key`
    translation_key: UUID
    title: str
    summary: str
    url: str
    lang: str  # "" where it is in the reader's language

    @property
    def dir(self) -> str:
        return direction(self.lang)


def facet_key(slugs: Mapping[str, str]) -> str:
    """The key of a collection among the library's filters, from the slugs of its pages by language.

    That of the default language, else of the first in the order given.
    """
    return slugs.get(settings.LANGUAGE_CODE) or next(iter(slugs.values()))


def listed_collections(language: str) -> list[ListedCollection]:
    """All public collections, in their order. One query (and one for restrictions)."""
    rows = (
        Collection.objects.visible_to(None)
        .filter(alias_of__isnull=True)
        .order_by("order", "pk")
        .values_list("translation_key", "locale__language_code", "slug", "title", "summary", "url_path")
    )
    by_key: dict[UUID, dict[str, tuple]] = {}
    for translation_key, code, *row in rows:
        by_key.setdefault(translation_key, {})[code] = tuple(row)
    listed = []
    for translation_key, versions in by_key.items():
        key = facet_key({code: row[0] for code, row in versions.items()})
        code = language_shown(versions, language)
        _slug, title, summary, url_path = versions[code]
        lang = "" if code == language else code
        listed.append(
            ListedCollection(key, translation_key, title, summary, tree_address(code, url_path), lang)
        )
    return listed
