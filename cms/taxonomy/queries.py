"""Reads of people, organisations, territories and themes, for readers of one language."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, FloatField, TextField, Value
from django.db.models.functions import Cast

from cms.core.entries import Shown, shown_entries
from cms.core.language_choice import language_shown
from cms.core.languages import direction, open_language_codes
from cms.core.page_cache.stamp import kept_until_change
from cms.core.sorting import collation_key
from cms.taxonomy.models import Organisation, Person, PersonOrganisation, Territory, Theme
from cms.taxonomy.tree import Branch, Tree

# With the territory, of which lists show the name.
PLACED = {model: model.objects.select_related("territory") for model in (Organisation, Person)}


class TreeRow(NamedTuple):
    """A theme or a territory in one language, drafts included: a link may lead to a draft of what is public."""

    section: str  # "theme" or "territory"
    pk: int
    key: UUID  # translation_key
    language: str
    live: bool
    parent: int | None  # id of the row above
    name: str
    slug: str
    order: int
    kind: str  # of territories
    text: str  # of themes
    latitude: float | None
    longitude: float | None


@kept_until_change
def tree_rows() -> dict[str, list[TreeRow]]:
    """Themes and territories by section, in their order. One query for both, kept for the pages of all languages."""
    row = ("pk", "translation_key", "locale__language_code", "live", "parent_id", "name", "slug")
    nothing, nowhere = Cast(Value(""), TextField()), Cast(Value(None), FloatField())
    themes = Theme.objects.order_by().values_list(
        Value("theme", CharField()), *row, "order", nothing, "description", nowhere, nowhere
    )
    territories = Territory.objects.order_by().values_list(
        Value("territory", CharField()), *row, Value(0), "kind", nothing, "latitude", "longitude"
    )
    found: dict[str, list[TreeRow]] = {"theme": [], "territory": []}
    for values in themes.union(territories, all=True).order_by("order", "name", "pk"):
        found[values[0]].append(TreeRow(*values))
    return found


def theme_tree(language: str) -> Tree:
    """All public themes, siblings in their order. One query after each change, then none."""
    return _tree("theme", language)


def territory_tree(language: str) -> Tree:
    """All public territories, siblings in the order of their names. One query after each change, then none."""
    return _tree("territory", language)


def _tree(section: str, language: str) -> Tree:
    all_rows, codes = tree_rows()[section], open_language_codes()
    key_of = {row.pk: row.key for row in all_rows}
    rows: dict[UUID, dict[str, TreeRow]] = {}
    for row in all_rows:
        if row.live and row.language in codes:
            rows.setdefault(row.key, {})[row.language] = row
    branches = []
    for key, versions in rows.items():
        code = language_shown(versions, language)
        row = versions[code]
        lang = "" if code == language else code
        branches.append(
            Branch(
                key=key,
                parent=key_of.get(row.parent) if row.parent else None,
                name=row.name,
                slug=row.slug,
                lang=lang,
                dir=direction(lang),
                kind=row.kind,
                text=row.text,
                order=(row.order, collation_key(row.name, language)),
            )
        )
    branches.sort(key=lambda branch: branch.order)
    return Tree({branch.key: branch for branch in branches})


def parents(section: str) -> dict[UUID, UUID]:
    """What each public theme or territory lies directly in, where that is public too."""
    rows = tree_rows()[section]
    live = {row.pk: row.key for row in rows if row.live}
    return {row.key: live[row.parent] for row in rows if row.live and row.parent in live}


def organisations_in(territories: Iterable[UUID], language: str) -> list[Shown[Organisation]]:
    """Organisations of any of these territories, in the order of their names. One query."""
    rows = PLACED[Organisation].filter(
        translation_key__in=_placed(Organisation, territories).values("translation_key")
    )
    return by_name(shown_entries(rows, language).values(), language)


def people_in(territories: Iterable[UUID], language: str) -> list[Shown[Person]]:
    rows = PLACED[Person].filter(translation_key__in=_placed(Person, territories).values("translation_key"))
    return by_name(shown_entries(rows, language).values(), language)


def _placed(model, territories: Iterable[UUID]):
    return model.objects.visible_to(None).filter(territory__translation_key__in=list(territories)).order_by()


def people_of(organisation: UUID, language: str) -> list[Shown[Person]]:
    """The people who stand for an organisation. One query."""
    keys = PersonOrganisation.objects.filter(
        organisation__translation_key=organisation, person__live=True
    ).values("person__translation_key")
    return by_name(
        shown_entries(PLACED[Person].filter(translation_key__in=keys), language).values(), language
    )


def organisations_of(person: Person, language: str) -> list[Shown[Organisation]]:
    """The organisations a person stands for, in the order given. One query."""
    order = {row.organisation_id: place for place, row in enumerate(person.affiliations.all())}
    if not order:
        return []
    keys = Organisation.objects.filter(pk__in=order).values("translation_key")
    rows = shown_entries(Organisation.objects.filter(translation_key__in=keys), language).values()
    return sorted(rows, key=lambda row: min(order.get(found.pk, len(order)) for found in row.rows.values()))


def all_people(language: str) -> list[Shown[Person]]:
    """One query, in no particular order."""
    return list(shown_entries(PLACED[Person].all(), language).values())


def all_organisations(language: str) -> list[Shown[Organisation]]:
    return list(shown_entries(PLACED[Organisation].all(), language).values())


def by_name(rows: Iterable[Shown], language: str) -> list[Shown]:
    return sorted(rows, key=lambda row: collation_key(sorted_as(row.entry), language))


def sorted_as(entry) -> str:
    return getattr(entry, "sort_name", "") or entry.name
