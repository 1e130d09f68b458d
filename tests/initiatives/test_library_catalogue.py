"""The library in memory against the plain way of saying the same: lists and loops."""

from datetime import date
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.core.sorting import collation_key
from initiatives.catalogue import (
    FACETS,
    Entry,
    Version,
    Work,
    ancestors,
    bits_of,
    build,
    select,
    set_bits,
)

# The machine may be busy with other tests: slowness of one example says nothing.
patiently = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
THEMES = {"work": None, "care": "work", "trade": None, "fair-trade": "trade", "markets": "fair-trade"}
PLACES = {"europe": None, "france": "europe", "aude": "france", "asia": None, "japan": "asia"}
COLLECTIONS = ["road", "journeys"]
LANGUAGES = ["en", "fr", "es"]
KINDS = ["if", "cs", "ev"]
ENTRIES = {
    "type": [Entry(key, {"": key}) for key in KINDS],
    "theme": [Entry(key, {"en": key}, parent) for key, parent in THEMES.items()],
    "territory": [
        Entry(
            key, {"en": key}, parent, point=(1.0, 2.0) if parent is None else None, is_country=key == "france"
        )
        for key, parent in PLACES.items()
    ],
    "language": [Entry(key, {key: key}) for key in LANGUAGES],
    "collection": [Entry(key, {"en": key}) for key in COLLECTIONS],
}
YEARS = [date(2008, 5, 1), date(2009, 1, 1), date(2009, 7, 2), date(2011, 10, 17)]


@st.composite
def works(draw):
    found = []
    for number in range(draw(st.integers(0, 9))):
        languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True))
        day = draw(st.sampled_from([None, *YEARS]))
        found.append(
            Work(
                key=str(UUID(int=number)),
                kind=draw(st.sampled_from(KINDS)),
                original=draw(st.sampled_from(LANGUAGES)),
                versions={
                    lang: Version(
                        number * 10 + at, lang, draw(st.text("aéZ«1 ", max_size=4)), f"/{lang}/{number}/"
                    )
                    for at, lang in enumerate(languages)
                },
                code=f"IF2009-{number:02d}" if draw(st.booleans()) else "",
                date=day,
                date_precision=draw(st.sampled_from(["day", "unknown"])) if day else "unknown",
                starts=draw(st.sampled_from([None, None, date(2010, 2, 3)])),
                themes=tuple(
                    draw(st.lists(st.sampled_from([*THEMES, "unheard-of"]), max_size=3, unique=True))
                ),
                territories=tuple(draw(st.lists(st.sampled_from(list(PLACES)), max_size=2, unique=True))),
                collections=tuple(draw(st.lists(st.sampled_from(COLLECTIONS), max_size=2, unique=True))),
                has_grid=draw(st.booleans()),
            )
        )
    return found


def has(work: Work, facet: str, key: str) -> bool:
    """The plain way: does a work have a value?"""

    def within(keys, parents):
        for below in keys:
            step = below
            while step is not None:
                if step == key:
                    return True
                step = parents.get(step)
        return False

    if facet == "type":
        return work.kind == key
    if facet == "theme":
        return within([theme for theme in work.themes if theme in THEMES], THEMES)
    if facet == "territory":
        return within(work.territories, PLACES)
    if facet == "language":
        return key in work.versions
    if facet == "collection":
        return key in work.collections
    day = (work.date if work.date_precision != "unknown" else None) or work.starts
    if "-" in key:
        first, last = key.split("-")
        return day is not None and int(first or 0) <= day.year <= int(last or 9999)
    return key == (f"{day.year}" if day else "unknown")


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.lists(st.sampled_from(KINDS), max_size=2, unique=True).map(tuple),
        "theme": st.lists(st.sampled_from(list(THEMES)), max_size=2, unique=True).map(tuple),
        "territory": st.lists(st.sampled_from(list(PLACES)), max_size=2, unique=True).map(tuple),
        "language": st.lists(st.sampled_from(LANGUAGES), max_size=2, unique=True).map(tuple),
        "year": st.lists(
            st.sampled_from(["2008", "2009", "unknown", "2009-2010", "2010-", "-2009"]),
            max_size=2,
            unique=True,
        ).map(tuple),
        "collection": st.lists(st.sampled_from(COLLECTIONS), max_size=1).map(tuple),
    },
)


def naive(found: list[Work], chosen: dict, but: str = "") -> list[Work]:
    return [
        work
        for work in found
        if all(
            facet == but or not keys or any(has(work, facet, key) for key in keys)
            for facet, keys in chosen.items()
        )
    ]


@patiently
@given(works(), CHOICES)
def test_filtering_and_counting_agree_with_going_through_all_works(found, chosen):
    catalogue = build(found, ENTRIES)
    selection = select(catalogue, chosen)
    expected = naive(found, chosen)
    assert {catalogue.works[rank].key for rank in set_bits(selection.bits)} == {work.key for work in expected}
    assert selection.total == len(expected)
    for facet in FACETS:
        others = naive(found, chosen, but=facet)
        for key, value in catalogue.facets[facet].items():
            assert selection.count(facet, value) == sum(has(work, facet, key) for work in others)


@patiently
@given(
    works(), CHOICES, st.sampled_from(["newest", "oldest", "title"]), st.integers(0, 13), st.integers(0, 13)
)
def test_a_page_is_a_slice_of_the_ordered_selection(found, chosen, order, start, length):
    catalogue = build(found, ENTRIES)
    expected = naive(list(catalogue.works), chosen)
    if order == "oldest":
        expected.sort(key=lambda work: (work.day is None, work.day or date.max))
    elif order == "title":
        expected.sort(key=lambda work: collation_key(work.version("fr").title, "fr"))
    got = catalogue.pick(select(catalogue, chosen).bits, order, "fr", start, start + length)
    assert [work.key for work in got] == [work.key for work in expected[start : start + length]]


@patiently
@given(works())
def test_the_default_order_is_newest_first_undated_last_and_does_not_depend_on_loading(found):
    ordered = build(found, ENTRIES).works
    days = [work.day for work in ordered]
    known = [day for day in days if day]
    assert known == sorted(known, reverse=True)
    assert days[len(known) :] == [None] * (len(days) - len(known))
    assert build(reversed(found), ENTRIES).works == ordered


@patiently
@given(works())
def test_a_reader_gets_their_language_else_the_original_else_any(found):
    for work in found:
        version = work.version("fr")
        if "fr" in work.versions:
            assert version.lang == "fr"
        elif work.original in work.versions:
            assert version.lang == work.original
        else:
            assert version in work.versions.values()


def one_work(**fields) -> Work:
    return Work("k", "if", "en", {"en": Version(1, "en", "Title", "/en/")}, **fields)


def test_a_work_belongs_to_its_first_territory_or_to_what_lies_within_it():
    def placed(*territories):
        work = one_work(territories=territories)
        place = build([work], ENTRIES).place(work)
        return place and place.key

    assert placed() is None
    assert placed("france", "aude") == "aude"
    assert placed("europe", "france", "aude") == "aude"
    assert placed("france", "japan") == "france"
    assert placed("aude", "france") == "aude"


def test_a_work_without_coordinates_stands_where_its_nearest_territory_does():
    own = one_work(territories=("aude",), point=(42.0, 2.0))
    led = one_work(territories=("aude",))
    catalogue = build([own], ENTRIES)
    assert catalogue.point(own) == ((42.0, 2.0), True)
    assert catalogue.point(led) == ((1.0, 2.0), False)
    assert catalogue.point(one_work()) is None
    assert catalogue.country(catalogue.facets["territory"]["aude"]).key == "france"
    assert catalogue.country(catalogue.facets["territory"]["france"]) is None


def test_a_circle_among_entries_does_no_harm():
    entries = {
        "theme": [Entry("a", {"en": "a"}, "b"), Entry("b", {"en": "b"}, "a"), Entry("c", {"en": "c"}, "c")]
    }
    catalogue = build([one_work(themes=("a", "c"))], entries)
    assert {key: value.bits for key, value in catalogue.facets["theme"].items()} == {"a": 1, "b": 1, "c": 1}
    assert ancestors(catalogue.facets["theme"], "a") in ([], ["b"])


def test_an_unknown_key_has_no_works():
    catalogue = build([one_work()], ENTRIES)
    assert bits_of(catalogue, "type", "zz") == 0
    assert bits_of(catalogue, "year", "never") == 0
