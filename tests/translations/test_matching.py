"""What the memory offers, and which segment became which."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.translations.matching import (
    ADDED,
    CHANGED,
    SAME,
    Counterpart,
    Match,
    best_matches,
    comparable,
    length_window,
    pair_changed,
    similarity,
    traits_of,
    word_count,
)
from tests.cpu import pieces

WORDS = [
    "town",
    "valley",
    "pact",
    "water",
    "people",
    "school",
    "road",
    "river",
    "market",
    "garden",
    "work",
    "house",
    "forest",
    "bread",
    "signed",
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))


def sentences(number, seed=1, length=25):
    chosen = random.Random(seed)
    return [
        " ".join(chosen.choice(WORDS) + str(chosen.randrange(40)) for _ in range(length))
        for _ in range(number)
    ]


def test_only_equal_texts_are_wholly_alike():
    assert similarity("Signed  in\n2009 ", "Signed in 2009") == 100
    assert similarity("Cafe\u0301", "Café") == 100
    assert 80 < similarity("Signed in 2009", "Signed in 2010") < 100
    long = "a" * 5000
    assert similarity(long + "2009", long + "2010") == 99
    assert similarity("", "") == 100
    assert similarity("", "a") == 0


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_similarity_is_the_same_from_both_sides(a, b):
    assert similarity(a, b) == similarity(b, a)
    assert (similarity(a, b) == 100) == (comparable(a) == comparable(b))
    assert 0 <= similarity(a, b) <= 100


@settings(deadline=None, max_examples=300)
@given(TEXTS, TEXTS)
def test_the_window_of_lengths_excludes_no_match(a, b):
    low, high = length_window(len(comparable(a)), similarity(a, b))
    assert low <= len(comparable(b)) <= high


@settings(deadline=None)
@given(st.integers(0, 100), st.integers(0, 300))
def test_the_window_of_lengths_is_no_wider_than_it_must_be(at_least, length):
    low, high = length_window(length, at_least)
    if at_least and length:
        assert similarity("a" * length, "a" * low) >= at_least
        assert similarity("a" * length, "a" * high) >= at_least
        assert low == 0 or similarity("a" * length, "a" * (low - 1)) < at_least
        assert similarity("a" * length, "a" * (high + 1)) < at_least


def test_the_best_come_first():
    memory = [
        (1, "The pact was signed in 2009"),
        (2, "The pact was signed in 2010"),
        (3, "Something else"),
        (4, "The  pact was signed in 2010"),
        (5, "The pacts were signed in 2010"),
    ]
    found = best_matches("The pact was signed in 2010", memory, limit=4)
    assert [match.id for match in found] == [2, 4, 1, 5]
    assert found[0] == Match(2, 100)
    assert best_matches("The pact was signed in 2010", memory, limit=1) == [Match(2, 100)]
    assert best_matches("The pact was signed in 2010", iter(memory), at_least=100) == [
        Match(2, 100),
        Match(4, 100),
    ]
    assert best_matches("The pact", []) == []


@settings(deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=6), st.integers(1, 100))
def test_matches_are_those_that_are_similar_enough(text, others, at_least):
    found = best_matches(text, enumerate(others), at_least=at_least, limit=10)
    expected = {place for place, other in enumerate(others) if similarity(text, other) >= at_least}
    assert {match.id for match in found} == expected
    assert all(match.score == similarity(text, others[match.id]) for match in found)


def test_a_large_memory_is_searched_at_once():
    memory = list(enumerate(sentences(5000)))
    cost, found = pieces(lambda: best_matches(memory[77][1] + " now", memory))
    assert found[0].id == 77
    assert cost < 100


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("", "fr", 0),
        ("L’économie sociale : 12 savoir-faire !", "fr", 4),
        ("— … «", "fr", 0),
        ("The pact of 2009.", "en", 4),
        ("地方协议的例子。", "zh-hans", 7),
        ("ガイド", "ja", 3),
        ("지역 협약을", "ko", 2),
        ("ท้องถิ่น", "th", 2),
        ("في المدينة", "ar", 2),
    ],
)
def test_words_to_translate(text, language, words):
    assert word_count(text, language) == words


@given(TEXTS)
def test_traits_are_of_the_words(text):
    found = traits_of(text)
    assert found == traits_of(f" {text}\n.")
    assert {len(each) for each in found} == {16}


def test_a_change_in_one_place_leaves_most_traits_as_they_are():
    known = traits_of("The cooperative of the village lights its bread oven every week, says Ana.")
    for other in (
        "This cooperative of the village lights its bread oven every week, says Ana.",
        "The cooperative of the village lights its old bread oven every week, says Ana.",
        "The cooperative of the village lights its bread oven every week, says Ana. It is free.",
        "the COOPERATIVE of the village lights its bread oven every week – says Ana!",
    ):
        found = traits_of(other)
        assert sum(one == two for one, two in zip(known, found, strict=True)) >= 2, other
    assert (
        traits_of("合作社每周点燃村里的面包炉，安娜说。").opening
        != traits_of("合作社在春天开始工作，保罗说。").opening
    )


def test_what_short_and_empty_texts_have():
    assert len(set(traits_of("Bread"))) == 1
    assert traits_of("") == traits_of(" … ")


A, B, C = "The towns signed a pact", "Water for all the people", "A garden behind the school"


def test_what_moved_is_the_same():
    found = pair_changed([("p", A), ("q", B)], [("r", B), ("p", A)])
    assert found.of_new == (Counterpart(SAME, 1), Counterpart(SAME, 0))
    assert found.removed == ()


def test_what_was_rewritten_in_its_place_is_changed():
    found = pair_changed(
        [("title", "Pact"), ("p", A), ("q", B)], [("title", "Charter of us"), ("p", A), ("q", B + "!")]
    )
    assert found.of_new == (Counterpart(CHANGED, 0), Counterpart(SAME, 1), Counterpart(CHANGED, 2))


def test_a_block_made_anew_keeps_what_is_similar():
    found = pair_changed(
        [("p", A), ("q", B)], [("x", B + " here"), ("y", A.replace("signed", "wrote")), ("z", C)]
    )
    assert found.of_new == (Counterpart(CHANGED, 1), Counterpart(CHANGED, 0), Counterpart(ADDED, None))
    assert found.removed == ()


def test_paragraphs_of_one_block_share_a_path():
    found = pair_changed([("p", A), ("p", B), ("p", C)], [("p", C), ("p", A + " today"), ("p", "Bread")])
    assert found.of_new == (Counterpart(SAME, 2), Counterpart(CHANGED, 0), Counterpart(CHANGED, 1))
    found = pair_changed([("p", A), ("p", B), ("p", C)], [("p", A), ("p", C)])
    assert found.of_new == (Counterpart(SAME, 0), Counterpart(SAME, 2))
    assert found.removed == (1,)


def test_a_corrected_word_is_a_change():
    assert pair_changed([("p", "Colour")], [("q", "Color")]).of_new == (Counterpart(CHANGED, 0),)
    assert pair_changed([("p", "Colour")], [("q", "Bread")]).of_new == (Counterpart(ADDED, None),)


def test_of_like_segments_that_in_its_path_is_taken_first():
    found = pair_changed([("p", A + " one"), ("q", A + " two")], [("q", A + " 1"), ("p", A + " 2")])
    assert found.of_new == (Counterpart(CHANGED, 1), Counterpart(CHANGED, 0))


SOURCES = st.lists(st.tuples(st.sampled_from("pqrs"), TEXTS), max_size=12)


@settings(deadline=None)
@given(SOURCES)
def test_a_source_is_the_same_as_itself(source):
    found = pair_changed(source, source)
    assert {each.state for each in found.of_new} <= {SAME}
    assert found.removed == ()


@settings(deadline=None)
@given(SOURCES, SOURCES)
def test_every_old_segment_is_used_once_or_removed(old, new):
    found = pair_changed(old, new)
    assert len(found.of_new) == len(new)
    used = [each.old for each in found.of_new if each.old is not None]
    assert sorted([*used, *found.removed]) == list(range(len(old)))
    for place, ((_path, text), each) in enumerate(zip(new, found.of_new, strict=True)):
        assert (each.state == ADDED) == (each.old is None)
        if each.old is not None:
            assert (each.state == SAME) == (comparable(text) == comparable(old[each.old][1]))
        assert found.old_of.get(place) == each.old
    assert found == pair_changed(old, new)


@pytest.mark.parametrize("case", ["unlike", "alike", "one path", "rewritten"])
def test_many_segments_are_paired_at_once(case):
    old, new = sentences(400, 1), sentences(400, 2)
    if case == "alike":
        old, new = [f"{A} and {C} in {n}" for n in range(400)], [f"{A} and {C} by {n}" for n in range(400)]
    if case == "rewritten":
        new = [text.replace("town", "city").replace("water", "wine") for text in old]
    path = (lambda n: "p") if case == "one path" else str
    olds = [(path(n), t) for n, t in enumerate(old)]
    news = [(path(n) + case, t) for n, t in enumerate(new)]
    cost, _ = pieces(lambda: pair_changed(olds, news))
    assert cost < 250
