"""What the tests of the library share: filling it, and reading its pages."""

from bs4 import BeautifulSoup
from wagtail.models import Locale

from cms.core.page_cache.stamp import bump_stamp
from cms.taxonomy.models import Territory, Theme
from initiatives.models import Collection, CollectionIndex, DocumentTerritory


def make_theme(slug: str, parent: Theme | None = None, **names: str) -> Theme:
    """A live theme with names by language code; its first row."""
    return _entries(Theme, slug, parent, names)


def make_territory(
    slug: str, parent: Territory | None = None, names: dict | None = None, **fields
) -> Territory:
    return _entries(Territory, slug, parent, names or {"en": slug.title()}, **fields)


def _entries(model, slug, parent, names, **fields):
    first = None
    for code, name in (names or {"en": slug.replace("-", " ").title()}).items():
        row = model(
            slug=slug,
            name=name,
            locale=Locale.objects.get(language_code=code),
            parent=parent,
            live=True,
            **fields,
        )
        if first is not None:
            row.translation_key = first.translation_key
        row.save()
        first = first or row
    bump_stamp()
    return first


def make_collection(slug: str, title: str, lang: str = "en") -> Collection:
    index = CollectionIndex.objects.get(locale__language_code=lang)
    page = Collection(title=title, slug=slug, summary="About it.", locale=index.locale)
    index.add_child(instance=page)
    bump_stamp()
    return page


def places(*territories: Territory) -> list[DocumentTerritory]:
    return [DocumentTerritory(territory=territory, sort_order=at) for at, territory in enumerate(territories)]


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def titles(response) -> list[str]:
    return [heading.get_text(strip=True) for heading in soup(response).select(".results h3")]


def counts(response, facet: str) -> dict[str, int]:
    """What one facet of the library shows: label → count."""
    rows = soup(response).select(f'section[data-facet="{facet}"] li a')
    return {row.span.get_text(strip=True): int(row.select_one(".count").get_text()) for row in rows}


def facet_link(response, facet: str, label: str) -> str:
    for row in soup(response).select(f'section[data-facet="{facet}"] li a'):
        if row.span.get_text(strip=True) == label:
            return row["href"]
    raise AssertionError(f"{label} is not offered by {facet}")
