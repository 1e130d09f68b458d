"""Whatever is typed, every engine answers it: nothing is an operator, nothing an error."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.asking import read
from search.engines import FACETS, SECTIONS, Expansion
from tests.search.entries import make_entry

pytestmark = pytest.mark.django_db

AWKWARD = [
    "",
    " ",
    "a",
    "a" * 10_000,
    "word " * 3000,
    "?!.,;:-_",
    '"',
    '"open',
    '""',
    "“„«",
    "a OR b AND NOT c",
    "title_en:finance",
    "_exists_:title",
    "fin*",
    "f?nance~2^4",
    "[a TO z] {b}",
    "/fi.*/",
    "\\ \\\\ \\u0000",
    "a && b || !c + -d",
    "<script>alert(1)</script>",
    '{"query": {"match_all": {}}}',
    "{{ 7*7 }} ${x}",
    "NEAR(a b) col:a ^a",
    "'; DROP TABLE search_entry; --",
    "مرحبا finance 财务 שלום",
    "\u202efinance\u202c",
    "\x00fin\x00ance",
    "\ud800",
    "e\u0301" * 300,
    "👩‍👩‍👧‍👦",
    "IF2010-03 IF2010-3 if 2010 03",
    "l'l'l'l' d’",
    "co-co-co-co-co-co-co-co",
]
TYPED = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="ab\"“«*?()[]{}~^:\\/+-!&| '’", max_size=80),
    st.lists(st.sampled_from([*AWKWARD, "finance", "économie"]), max_size=6).map(" ".join),
)


@pytest.fixture
def found(engine):
    make_entry("Finance and more", body="économie " * 20, facets={"theme": ["one"]})
    make_entry("Finances locales", language="fr", section="glossary", kind="term")
    engine.index()
    return engine


@pytest.mark.parametrize("typed", AWKWARD, ids=lambda typed: typed[:16].encode("ascii", "replace").decode())
def test_awkward_queries_are_answered(found, typed):
    for section, any_word in product(("", "library"), (False, True)):
        hits = found.ask(typed, section=section, any_word=any_word)
        assert hits.found >= 0
    if read(typed).empty:
        assert found.ask(typed).found == 0


def test_operators_and_wildcards_have_no_meaning(found):
    assert found.titles("finance") == ["Finance and more"]
    assert found.titles("financ*") == found.titles("financ")
    assert found.titles("finance OR housing") == []
    assert found.titles("finance NOT économie") == ["Finance and more"]
    assert found.titles("title_en:finance") == []


def test_anything_typed_is_answered(found):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        typed=TYPED,
        wide=st.tuples(st.sampled_from(("", *SECTIONS)), st.booleans()),
        language=st.sampled_from(["en", "fr", "ar", "zh-hans", "xx"]),
        chosen=st.dictionaries(
            st.sampled_from([*FACETS["library"], "nothing"]), st.frozensets(st.text(max_size=30), max_size=4)
        ),
        start=st.integers(0, 10**9),
        expansion=TYPED,
    )
    def answered(typed, wide, language, chosen, start, expansion):
        section, any_word = wide
        words = read(expansion).words
        hits = found.ask(
            typed,
            section=section,
            any_word=any_word,
            language=language,
            chosen=chosen if section else {},
            window=(start, start + 10),
            expansions=(Expansion(expansion, "fr", words),) if words else (),
        )
        assert set(hits.totals) <= set(SECTIONS)

    answered()


def test_a_thousand_filters_are_answered(found):
    many = frozenset(f"value-{number}" for number in range(1000))
    chosen = dict.fromkeys(FACETS["library"], many)
    assert found.ask("finance", section="library", chosen=chosen).total == 0
    assert found.ask("finance", section="library", chosen={"theme": many | {"one"}}).total == 1
