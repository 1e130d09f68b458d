"""Reads of people, organisations, territories and themes, for readers of one language."""

from collections.abc import Iterable
from uuid import UUID

from cms.core.entries import Shown, public_rows, shown_entries
from cms.core.language_choice import language_shown
from cms.core.languages import direction
from cms.core.sorting import collation_key
from cms.taxonomy.models import Organisation, Person, PersonOrganisation, Territory, Theme
from cms.taxonomy.tree import Branch, Tree

# With the territory, of which lists show the name.
PLACED = {model: model.objects.select_related("territory") for model in (Organisation, Person)}


def theme_tree(language: str) -> Tree:
    """All themes, siblings in their order. One query."""
    return _tree(Theme, language, "description", ("order",))


def territory_tree(language: str) -> Tree:
    """All territories, siblings in the order of their names; continents before all else. One query."""
    return _tree(Territory, language, "kind", ())


def _tree(model, language: str, extra: str, first: tuple[str, ...]) -> Tree:
    columns = (
        "translation_key",
        "locale__language_code",
        "parent__translation_key",
        "name",
        "slug",
        extra,
        *first,
    )
    rows: dict[UUID, dict[str, tuple]] = {}
    for row in public_rows(model.objects.all()).values_list(*columns):
        rows.setdefault(row[0], {})[row[1]] = row
    branches = []
    for key, versions in rows.items():
        code = language_shown(versions, language)
        _key, _code, parent, name, slug, value, *order = versions[code]
        lang = "" if code == language else code
        branches.append(
            Branch(
                key=key,
                parent=parent,
                name=name,
                slug=slug,
                lang=lang,
                dir=direction(lang),
                kind=value if extra == "kind" else "",
                text=value if extra == "description" else "",
                order=(*order, collation_key(name, language)),
            )
        )
    branches.sort(key=lambda branch: branch.order)
    return Tree({branch.key: branch for branch in branches})


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
