"""The shared entries that the documents of a load test point to: of the number a living site would have."""

import uuid
from dataclasses import dataclass, field
from random import Random

from wagtail.models import Locale

from cms.demo.benchmark_words import ACTIONS, SUBJECTS
from cms.reference.models import BibliographyEntry
from cms.taxonomy.models import Organisation, Person, Territory, Theme

SPACE = uuid.UUID("6f1d3a52-6a0e-5a35-9a7e-2f3d1e6f4b10")
CONTINENTS, COUNTRIES, REGIONS, CITIES = 4, 12, 24, 36
THEMES, ORGANISATIONS, PEOPLE, WORKS = 18, 60, 80, 40
SYLLABLES = "ar bel cor dun es fal gra hum is jo kal lor mer nau or pri quel ros sar tol ur val"
GIVEN = "Amina Bruno Carla Diego Elena Fatou Georges Hana Ivo Jeanne Kofi Lucía Marc Nadia Omar Paula"


def key(kind: str, number: int) -> uuid.UUID:
    """The same work has the same key in every run."""
    return uuid.uuid5(SPACE, f"{kind}/{number}")


def name(number: int) -> str:
    """A place or family name that exists nowhere, each number its own."""
    chance = Random(f"name {number}")
    return "".join(chance.choice(SYLLABLES.split()) for _ in range(3)).capitalize()


@dataclass
class Entries:
    """Ids by kind and language, in the order of their numbers."""

    themes: dict[str, list[int]] = field(default_factory=dict)
    territories: dict[str, list[int]] = field(default_factory=dict)
    organisations: dict[str, list[int]] = field(default_factory=dict)
    people: dict[str, list[int]] = field(default_factory=dict)
    works: list[int] = field(default_factory=list)


def load_entries(locales: dict[str, Locale]) -> Entries:
    """Make what is missing."""
    entries = Entries()
    entries.themes = translated(Theme, THEMES, locales, theme)
    entries.territories = translated(
        Territory, CONTINENTS + COUNTRIES + REGIONS + CITIES, locales, territory, parents=territory_parent
    )
    entries.organisations = translated(
        Organisation, ORGANISATIONS, locales, lambda number, lang: organisation(number, lang, entries)
    )
    entries.people = translated(Person, PEOPLE, locales, person)
    known = set(BibliographyEntry.objects.values_list("slug", flat=True))
    works = [bibliography(number) for number in range(WORKS)]
    BibliographyEntry.objects.bulk_create([work for work in works if work.slug not in known])
    entries.works = list(
        BibliographyEntry.objects.filter(slug__in=[work.slug for work in works]).values_list("pk", flat=True)
    )
    return entries


def translated(model, count: int, locales, make, parents=None) -> dict[str, list[int]]:
    """Rows of `model` in each language; `make(number, lang)` gives their fields."""
    kind = model._meta.model_name
    numbers = {key(kind, number): number for number in range(count)}
    known = set(model.objects.filter(translation_key__in=numbers).values_list("translation_key", "locale_id"))
    model.objects.bulk_create(
        model(
            translation_key=uid,
            locale=locale,
            slug=f"benchmark-{kind}-{number}",
            live=True,
            **make(number, lang),
        )
        for uid, number in numbers.items()
        for lang, locale in locales.items()
        if (uid, locale.pk) not in known
    )
    rows = {
        (numbers[row.translation_key], row.locale_id): row
        for row in model.objects.filter(translation_key__in=numbers)
    }
    ids = {lang: [rows[number, locale.pk].pk for number in range(count)] for lang, locale in locales.items()}
    if parents:
        for (number, locale_id), row in rows.items():
            above = parents(number)
            row.parent_id = rows[above, locale_id].pk if above is not None else None
        model.objects.bulk_update(rows.values(), ["parent"])
    return ids


def theme(number: int, lang: str) -> dict:
    subject = SUBJECTS[lang][number % len(SUBJECTS[lang])]
    return {"name": f"{subject} {number // 16 + 1}" if number >= 16 else subject, "order": number}


def territory(number: int, lang: str) -> dict:
    kinds = (
        [Territory.Kind.CONTINENT] * CONTINENTS
        + [Territory.Kind.COUNTRY] * COUNTRIES
        + [Territory.Kind.REGION] * REGIONS
        + [Territory.Kind.CITY] * CITIES
    )
    chance = Random(f"territory {number}")
    return {
        "name": name(number),
        "kind": kinds[number],
        "latitude": round(chance.uniform(-35, 60), 3),
        "longitude": round(chance.uniform(-80, 140), 3),
    }


def territory_parent(number: int) -> int | None:
    """Cities stand in regions, regions in countries, countries on continents."""
    if number < CONTINENTS:
        return None
    if number < CONTINENTS + COUNTRIES:
        return number % CONTINENTS
    if number < CONTINENTS + COUNTRIES + REGIONS:
        return CONTINENTS + number % COUNTRIES
    return CONTINENTS + COUNTRIES + number % REGIONS


def organisation(number: int, lang: str, entries: Entries) -> dict:
    chance = Random(f"organisation {number}")
    return {
        "name": f"{name(1000 + number)} {chance.choice(['Coop', 'Forum', 'Alliance', 'Union'])}",
        "acronym": name(1000 + number)[:4].upper(),
        "territory_id": chance.choice(entries.territories[lang]),
        "founded": chance.randint(1950, 2010),
        "mandate": chance.choice(ACTIONS[lang]).capitalize() + ".",
    }


def person(number: int, lang: str) -> dict:
    given, family = GIVEN.split()[number % 16], name(2000 + number)
    return {"name": f"{given} {family}", "sort_name": f"{family}, {given}"}


def bibliography(number: int) -> BibliographyEntry:
    chance = Random(f"work {number}")
    return BibliographyEntry(
        slug=f"benchmark-work-{number}",
        kind=BibliographyEntry.Kind.BOOK,
        authors=f"{name(2000 + number)}, {chance.choice(GIVEN.split())}",
        title=f"{chance.choice(SUBJECTS['en'])}, {number}",
        year=chance.randint(1980, 2012),
        language="en",
        live=True,
    )
