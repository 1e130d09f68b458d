"""Two texts compared: what holds whatever the texts are."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from cms.wiki.diffs import (
    Block,
    Mark,
    PageText,
    Paragraph,
    Section,
    apply,
    compare,
    format_changes,
    from_json,
    revert,
    to_json,
)
from cms.wiki.diffs.pieces import pieces
from cms.wiki.diffs.words import tokens


def page_of(*blocks: Block) -> PageText:
    return PageText("initiatives.event", (Section("body", "text", blocks),))


AWKWARD = st.sampled_from(
    [
        "<b>not bold</b>",
        "</p><script>alert(1)</script>",
        "&amp;&lt;",
        "👩‍👩‍👧 👍🏽",
        "e\u0301te\u0301",
        "=\u0338",
        "السلام عليكم",
        "שלום, עולם",
        "x" * 5000,
        "互惠是一种协议",
        "ความร่วมมือ",
        "a\u00a0: b",
        "\u202eback\u202c",
        "  two  spaces\n\nand lines ",
        "the the the the the the the the the",
    ]
)
TEXTS = st.lists(
    st.one_of(AWKWARD, st.text(max_size=30), st.sampled_from(["a", "b", "c", ".", ","])), max_size=6
).map(" ".join)
MARKS = st.lists(
    st.builds(
        lambda start, length, kind: Mark(start, start + length, kind, "page:1" if kind == "link" else ""),
        st.integers(0, 20),
        st.integers(1, 20),
        st.sampled_from(["bold", "italic", "link"]),
    ),
    max_size=3,
).map(tuple)
PARAGRAPHS = st.builds(
    Paragraph,
    st.sampled_from(["p", "h2", "ul", "line", "choice", "ref"]),
    TEXTS,
    MARKS,
    st.sampled_from(["", "", "caption", "items/title"]),
)
BLOCKS = st.builds(
    Block,
    st.sampled_from(["", "1", "2", "3", "4", "5", "6"]),
    st.sampled_from(["text", "heading", ""]),
    st.lists(PARAGRAPHS, max_size=4).map(tuple),
)
SECTIONS = st.builds(
    Section,
    st.sampled_from(["title", "body", "people", "date"]),
    st.sampled_from(["text", "rows", "fact"]),
    st.lists(BLOCKS, max_size=5).map(tuple),
)
PAGES = st.builds(
    PageText,
    st.sampled_from(["initiatives.event", "home.plainpage"]),
    st.lists(SECTIONS, max_size=3, unique_by=lambda section: section.key).map(tuple),
)


@st.composite
def revised_pages(draw):
    """A page, and the same with its blocks shuffled, some of them left out, doubled or edited."""
    page = draw(PAGES)
    sections = []
    for section in page.sections:
        blocks = draw(st.permutations(section.blocks + draw(st.just(section.blocks[:1]))))
        edited = [
            draw(
                st.sampled_from(
                    [block, Block(block.id, block.type, tuple(draw(st.permutations(block.paragraphs))))]
                )
            )
            for block in blocks[draw(st.integers(0, 1)) :]
        ]
        sections.append(section._replace(blocks=tuple(edited)))
    return page, PageText(page.model, tuple(sections))


@settings(deadline=None)
@given(st.one_of(st.tuples(PAGES, PAGES), revised_pages()))
def test_what_was_compared_comes_back_exactly_and_so_it_does_when_kept(pair):
    old, new = pair
    diff = compare(old, new)
    kept = from_json(json.loads(json.dumps(to_json(diff))))
    assert kept == diff
    assert apply(old, kept) == new
    assert revert(new, kept) == old


@settings(deadline=None)
@given(revised_pages())
def test_what_is_not_said_to_move_keeps_its_order_and_nothing_is_told_twice(pair):
    for section in compare(*pair).sections:
        stays = [
            (each.old, each.new)
            for each in section.blocks
            if not each.moved and each.kind in ("same", "edited")
        ]
        assert stays == sorted(stays)
        assert [new for _, new in stays] == sorted(new for _, new in stays)
        for side in (0, 1):
            places = [each.place(side) for each in section.blocks if each.place(side) is not None]
            assert sorted(places) == list(range(len(places)))


@settings(deadline=None)
@given(PAGES)
def test_a_text_compared_with_itself_says_nothing(page):
    diff = compare(page, page)
    assert diff.is_empty
    assert diff.changed_words == 0
    assert diff.size_change == (0, 0)
    assert not any(change.moved for section in diff.sections for change in section.blocks)


@settings(deadline=None)
@given(PAGES, PAGES)
def test_sizes_are_the_difference_of_what_each_text_counts(old, new):
    assert compare(old, new).size_change.words == new.word_count - old.word_count


@settings(deadline=None)
@given(PAGES)
def test_a_text_comes_back_from_json(page):
    assert PageText.from_json(json.loads(json.dumps(page.to_json()))) == page


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_pieces_make_both_texts_and_are_written_once(old, new):
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.op != "+") == old
    assert "".join(piece.text for piece in found if piece.op != "-") == new
    assert all(piece.text for piece in found)
    assert all(before.op != after.op for before, after in zip(found, found[1:], strict=False))


@settings(deadline=None)
@given(TEXTS)
def test_words_and_the_spaces_between_them_are_the_text(text):
    cut = tokens(text)
    assert cut.text(0, len(cut.words)) + cut.end == text


@settings(deadline=None)
@given(PARAGRAPHS, PARAGRAPHS)
def test_formatting_of_any_two_paragraphs_is_compared_without_error(old, new):
    diff = compare(page_of(Block("1", "", (old,))), page_of(Block("1", "", (new,))))
    for change in diff.sections[0].blocks[0].paragraphs:
        for said in format_changes(change):
            assert said.text.strip()
            assert said.text in new.text
