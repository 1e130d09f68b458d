"""Collections as they are listed: each once, in the reader's language, else in one that exists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from cms.core.addresses import tree_address
from cms.core.language_choice import language_shown
from cms.core.languages import direction
from cms.core.page_cache.stamp import kept_until_change
from cms.core.visibility import public_row
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


class PageRow(NamedTuple):
    """The page of a collection in one language, drafts included: a document may name a draft of a public one."""

    pk: int
    key: UUID  # translation_key
    language: str
    slug: str
    title: str
    summary: str
    url_path: str
    path: str
    live: bool
    alias_of: int | None

    @property
    def public(self) -> bool:
        return self.alias_of is None and public_row(self.live, self.language, self.path)


@kept_until_change
def collection_pages() -> list[PageRow]:
    """All pages of collections, in their order. One query, kept for the pages of all languages."""
    rows = Collection.objects.order_by("order", "pk").values_list(
        "pk",
        "translation_key",
        "locale__language_code",
        "slug",
        "title",
        "summary",
        "url_path",
        "path",
        "live",
        "alias_of_id",
    )
    return [PageRow(*row) for row in rows]


def public_collections() -> dict[UUID, dict[str, PageRow]]:
    """Public pages by collection and language, in the order of the collections."""
    found: dict[UUID, dict[str, PageRow]] = {}
    for row in collection_pages():
        if row.public:
            found.setdefault(row.key, {})[row.language] = row
    return found


def facet_key(versions: Mapping[str, PageRow]) -> str:
    """What a collection is called in addresses: its slug in the default language, else of its oldest page."""
    return (versions.get(settings.LANGUAGE_CODE) or next(iter(versions.values()))).slug


def listed_collections(language: str) -> list[ListedCollection]:
    """All public collections, in their order. One query after each change, then none."""
    listed = []
    for translation_key, versions in public_collections().items():
        code = language_shown(versions, language)
        row = versions[code]
        listed.append(
            ListedCollection(
                facet_key(versions),
                translation_key,
                row.title,
                row.summary,
                tree_address(code, row.url_path),
                "" if code == language else code,
            )
        )
    return listed
