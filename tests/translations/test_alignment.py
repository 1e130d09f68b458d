"""Two languages of a page that share no ids: what stands beside what."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.translations.alignment import MOST_WEIGHED, align
from cms.translations.likeness import Marks, likeness
from tests.cpu import pieces

KINDS = ["text", "callout", "heading", "table"]
ENGLISH = [
    "whoever",
    "begins",
    "nowadays",
    "should",
    "listen",
    "before",
    "speaking",
    "about",
    "what",
    "people",
    "already",
    "know",
]
FINNISH = [
    "joka",
    "alkaa",
    "nyt",
    "kuunnelkoon",
    "ennen",
    "kuin",
    "puhuu",
    "siitä",
    "mitä",
    "ihmiset",
    "tietävät",
]


def row(path: str, text: str, block: str = "text", **more) -> dict:
    return {"path": path, "text": text, "block": block, **more}


def page(language: str, kinds: list[str], words: list[str]) -> list[dict]:
    """Blocks with a number of their own each, in words that the other language has none in common with."""
    rows = []
    for place, kind in enumerate(kinds):
        about = " ".join(words[(place + each) % len(words)] for each in range(4 + place % 5))
        text = f"{about} {place}{place}7"
        if kind == "callout":
            rows += [row(f"body.{language}-{place}.title", f"{text}1", kind)]
            rows += [row(f"body.{language}-{place}.text", f"{text}2", kind)]
        else:
            rows.append(row(f"body.{language}-{place}", text, kind))
    return rows


def block(rows: list[dict], place: int | None) -> str:
    return "" if place is None else rows[place]["path"].split("-")[1]


blocks = st.lists(st.sampled_from(KINDS), min_size=1, max_size=12)


class TestDistinguishable:
    @given(blocks)
    def test_a_whole_translation_is_paired_whole(self, kinds):
        source, target = page("en", kinds, ENGLISH), page("fi", kinds, FINNISH)
        assert align(source, target) == [(place, place) for place in range(len(source))]

    @given(blocks, st.data())
    def test_whichever_block_is_missing_the_others_find_theirs(self, kinds, data):
        gone = data.draw(st.integers(0, len(kinds) - 1))
        source = page("en", kinds, ENGLISH)
        target = [each for each in page("fi", kinds, FINNISH) if block([each], 0).split(".")[0] != str(gone)]
        for pairs in (align(source, target), [(b, a) for a, b in align(target, source)]):
            for one, other in pairs:
                name = block(source, one)
                assert block(target, other) == ("" if name.split(".")[0] == str(gone) else name)

    @given(blocks, st.data())
    def test_so_where_each_side_lacks_another(self, kinds, data):
        ours, theirs = (data.draw(st.integers(0, len(kinds) - 1)) for _side in range(2))
        source = [each for each in page("en", kinds, ENGLISH) if block([each], 0).split(".")[0] != str(ours)]
        target = [
            each for each in page("fi", kinds, FINNISH) if block([each], 0).split(".")[0] != str(theirs)
        ]
        met = {(block(source, one), block(target, other)) for one, other in align(source, target)}
        both = {block(source, place) for place in range(len(source))}
        both &= {block(target, place) for place in range(len(target))}
        assert {(each, each) for each in both} <= met


texts = st.text("abc 127<>&é字\n.", max_size=30)
paths = st.one_of(
    st.sampled_from(["title", "summary", "body.a", "body.b.title", "body.b.text", "sessions.1.text", ""]),
    st.uuids().map(lambda each: f"body.{each}"),
    st.from_regex(r"body\.[0-9a-f]{12}(\.table\.[0-9a-f]{12})?", fullmatch=True),
    st.text("ab.1", max_size=20),
)
anything = st.lists(st.builds(row, paths, texts, st.sampled_from(["", *KINDS])), max_size=12)


class TestWhatever:
    @given(anything, anything)
    def test_every_place_occurs_once_and_the_source_s_are_in_order(self, source, target):
        pairs = align(source, target)
        assert [one for one, _other in pairs if one is not None] == list(range(len(source)))
        assert sorted(other for _one, other in pairs if other is not None) == list(range(len(target)))
        assert (None, None) not in pairs

    @given(anything)
    def test_what_is_the_same_is_paired_with_itself(self, rows):
        rows = list({each["path"]: each for each in rows}.values())
        assert align(rows, rows) == [(place, place) for place in range(len(rows))]

    @given(
        st.lists(st.tuples(st.sampled_from(KINDS), texts), max_size=10),
        st.lists(st.tuples(st.sampled_from(KINDS), texts), max_size=10),
    )
    def test_blocks_without_a_common_id_keep_their_order_and_kind(self, ours, theirs):
        source = [row(f"body.en{place}", text, kind) for place, (kind, text) in enumerate(ours)]
        target = [row(f"body.fi{place}", text, kind) for place, (kind, text) in enumerate(theirs)]
        both = [(a, b) for a, b in align(source, target) if a is not None and b is not None]
        assert all(one < other for (_a, one), (_b, other) in pairwise(both))
        assert all(source[one]["block"] == target[other]["block"] for one, other in both)


class TestWhatSaysThatTheyAreTheSame:
    """A block is missing before the last; only one thing tells which."""

    @pytest.mark.parametrize(
        ("gone", "there", "translated"),
        [
            ("Begun in 1998 by two towns", "Ended in 2011 by one town", "Päättyi 2011 yhdessä"),
            ("It grew to 1,200 people", "It grew to 4.800 people", "Kasvoi 4 800 ihmiseen"),
            ("They wrote to INEES again", "They wrote to CIGL again", "He kirjoittivat CIGL taas"),
            ("The regulation of the municipality", "The association of enterprises", "La asociación de empresas"),
            ("Nobody says how", "Nobody says how much of it was paid back, nor to whom, nor when it was begun",
             "Kukaan ei kerro, paljonko siitä maksettiin takaisin, kenelle tai milloin se aloitettiin"),
            ("See what is there", 'See <a id="a1">this</a> there', 'Katso <a id="a1">tämä</a> sieltä'),
            ("Figures ٢٠٠٦ of it all", "Figures ٢٠٠٩ of it all", "Luvut 2009 kaikista"),
        ],
    )  # fmt: skip
    def test_one_thing_is_enough(self, gone, there, translated):
        source = [row("body.1a", "First", "heading"), row("body.2a", gone), row("body.3a", there)]
        target = [row("body.1b", "Ensin", "heading"), row("body.2b", translated)]
        assert align(source, target) == [(0, 0), (1, None), (2, 1)]
        assert align([source[0], source[2], source[1]], target) == [(0, 0), (1, 1), (2, None)]

    def test_the_address_of_a_link(self):
        def linked(path, address):
            return row(path, 'See <a id="a1">it</a>', links={"a1": {"href": address}})

        source = [linked("body.1a", "https://one.example/"), linked("body.2a", "https://two.example/")]
        assert align(source, [linked("body.1b", "https://two.example/")]) == [(0, None), (1, 0)]

    def test_the_block_that_both_have_beside_it(self):
        source = [row("body.1a", "Same"), row("body.both", "Here"), row("body.2a", "Same")]
        target = [row("body.both", "Here"), row("body.1b", "Same")]
        assert align(source, target) == [(0, None), (1, 0), (2, 1)]

    def test_of_paragraphs_of_one_text_too(self):
        source = [row("body.a", f"In {year} something happened") for year in (1998, 2001, 2007)]
        target = [row("body.a", f"Vuonna {year} tapahtui jotakin") for year in (1998, 2007)]
        assert align(source, target) == [(0, 0), (1, None), (2, 1)]

    def test_what_contradicts_is_not_paired_at_all(self):
        source = [row("body.a1", "In 1998")]
        target = [row("body.b1", "Vuonna 2011 " + " ".join(FINNISH * 3))]
        assert align(source, target) == [(None, 0), (0, None)] or align(source, target) == [
            (0, None),
            (None, 0),
        ]

    def test_items_of_a_list_within_a_block(self):
        def items(name, *pairs):
            return [
                row(f"body.{name}.{place:012x}.{field}", text, "key_figures")
                for place, pair in pairs
                for field, text in zip(("value", "label"), pair, strict=True)
            ]

        source = items("1a", (1, ("650", "people")), (2, ("820", "people")), (3, ("400", "people")))
        target = items("1b", (11, ("650", "ihmistä")), (13, ("400", "ihmistä")))
        assert align(source, target) == [(0, 0), (1, 1), (2, None), (3, None), (4, 2), (5, 3)]


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_the_same_from_both_sides(one, other):
    one, other = (Marks.of([{"text": each}]) for each in (one, other))
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert likeness(one, one) >= likeness(one, other) - 1e-9


@pytest.mark.parametrize(("ours", "theirs"), [(4000, 4000), (4000, 3), (3, 4000), (400, 380)])
def test_long_pages_are_paired_at_once(ours, theirs):
    """Each more block costs as much as the one before, beyond the first hundred or so."""
    source = [row(f"body.en{n}", f"Words {n} and others") for n in range(ours)]
    target = [row(f"body.fi{n}", f"Sanat {n} ja muut") for n in range(theirs)]
    cost, pairs = pieces(lambda: align(source, target))
    assert cost < 300
    assert len(pairs) >= max(ours, theirs)
    if ours == theirs:
        assert pairs == [(place, place) for place in range(ours)]


def test_only_so_many_are_weighed(monkeypatch):
    from cms.translations import alignment

    weighed = []

    def counting(*of):
        weighed.append(of)
        return likeness(*of)

    monkeypatch.setattr(alignment, "likeness", counting)
    rows = [row(f"body.en{n}", "Words") for n in range(1500)]
    align(rows, [row(f"body.fi{n}", "Sanat") for n in range(1500)])
    assert len(weighed) < 2 * MOST_WEIGHED
