"""Two texts compared: what a reader is told. What holds of any texts stands in test_diff_laws.py."""

import ast
import unicodedata
from pathlib import Path

import pytest

import cms.wiki.diffs
from cms.wiki.diffs import (
    Block,
    DoesNotApply,
    FormatChange,
    Mark,
    OtherFormat,
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
from cms.wiki.diffs.order import TRIED, Matching
from cms.wiki.diffs.pieces import pieces
from cms.wiki.diffs.words import STEPS_A_TOKEN, Work, common_runs, tokens
from tests.wiki.test_diff_laws import page_of


def text_block(id: str, *texts: str) -> Block:
    return Block(id, "text", tuple(Paragraph("p", text) for text in texts))


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [tuple(piece) for piece in pieces(old, new)]


def block_changes(old: PageText, new: PageText):
    return compare(old, new).sections[0].blocks


ONE = "Reciprocity binds the people of a valley to those who buy their bread."
TWO = "The council meets in the old school on the first Monday of the month."
THREE = "Forty families share a mill, a van and the work of the harvest."


def test_words_are_marked_inside_their_sentence():
    assert told(
        "The quick brown fox jumps over the dog.", "The quick red fox jumps over the very lazy dog."
    ) == [
        ("=", "The quick "),
        ("-", "brown"),
        ("+", "red"),
        ("=", " fox jumps over the"),
        ("+", " very lazy"),
        ("=", " dog."),
    ]


def test_a_small_word_between_two_longer_changes_goes_with_them():
    assert told("municipal council of Redon decided", "regional assembly of Rennes decided") == [
        ("-", "municipal council of Redon"),
        ("+", "regional assembly of Rennes"),
        ("=", " decided"),
    ]


def test_a_language_without_spaces_is_compared_by_characters():
    assert told("我们喜欢在公园里散步", "我们不喜欢在花园里散步") == [
        ("=", "我们"),
        ("+", "不"),
        ("=", "喜欢在"),
        ("-", "公"),
        ("+", "花"),
        ("=", "园里散步"),
    ]


@pytest.mark.parametrize("text", ["कार्यक्रम", "e\u0301te\u0301", "ความ", "نَصّ", "👩‍👩‍👧"])
def test_no_mark_is_cut_from_the_letter_it_sits_on(text):
    assert not [word for word in tokens(text).words if unicodedata.category(word[0]) in ("Mn", "Mc", "Cf")]


def test_a_block_that_moved_is_not_removed_and_added():
    old = page_of(text_block("a", ONE), text_block("b", TWO), text_block("c", THREE))
    new = page_of(text_block("c", THREE), text_block("a", ONE), text_block("b", TWO))
    diff = compare(old, new)
    assert [(change.kind, change.moved) for change in diff.sections[0].blocks] == [
        ("same", "up"),
        ("same", ""),
        ("same", ""),
    ]
    assert diff.changed_words == 0
    assert not diff.is_empty


def test_added_removed_moved_and_edited_in_one_go():
    old = page_of(text_block("a", ONE), text_block("b", TWO), text_block("c", THREE))
    new = page_of(text_block("c", THREE), text_block("d", "Entirely new."), text_block("a", ONE + " Still."))
    assert [(change.kind, change.moved, change.old, change.new) for change in block_changes(old, new)] == [
        ("same", "up", 2, 0),
        ("added", "", None, 1),
        ("edited", "", 0, 2),
        ("removed", "", 1, None),
    ]


def test_a_moved_block_still_shows_the_words_that_changed_in_it():
    old = page_of(text_block("a", ONE), text_block("b", TWO), text_block("c", THREE))
    new = page_of(
        text_block("b", TWO), text_block("c", THREE), text_block("a", ONE.replace("bread", "flour"))
    )
    last = block_changes(old, new)[-1]
    assert (last.kind, last.moved) == ("edited", "down")
    assert [tuple(piece) for piece in last.paragraphs[0].pieces][1:3] == [("-", "bread"), ("+", "flour")]


def test_a_text_pasted_into_a_new_block_is_known_again():
    old = page_of(text_block("a", ONE), text_block("b", TWO))
    new = page_of(text_block("x", ONE.replace("valley", "town")), text_block("b", TWO))
    first = block_changes(old, new)[0]
    assert first.kind == "edited"
    assert ("-", "valley") in [tuple(piece) for piece in first.paragraphs[0].pieces]


def test_another_text_is_not_taken_for_the_old_one():
    old, new = page_of(text_block("a", ONE)), page_of(text_block("x", TWO))
    assert [change.kind for change in block_changes(old, new)] == ["removed", "added"]


def test_another_id_alone_is_no_change_and_yet_comes_back():
    old, new = page_of(text_block("a", ONE)), page_of(text_block("x", ONE))
    diff = compare(old, new)
    assert diff.is_empty
    assert apply(old, diff) == new


def test_ids_that_are_there_twice_are_not_relied_on():
    old = page_of(text_block("a", ONE), text_block("a", TWO))
    new = page_of(text_block("a", TWO), text_block("a", ONE))
    changes = block_changes(old, new)
    assert [change.kind for change in changes] == ["same", "same"]
    assert sorted(change.moved for change in changes) in (["", "down"], ["", "up"])


def test_equal_paragraphs_beside_one_that_goes_do_not_move():
    old = page_of(text_block("a", "…", ONE, "…", TWO, "…"))
    new = page_of(text_block("a", "…", TWO, "…"))
    kinds = [(change.kind, change.moved) for change in block_changes(old, new)[0].paragraphs]
    assert [kind for kind, _ in kinds].count("removed") == 2
    assert not any(moved for _, moved in kinds)


def test_a_paragraph_that_becomes_a_heading_is_edited():
    old = page_of(Block("a", "text", (Paragraph("p", ONE),)))
    new = page_of(Block("a", "text", (Paragraph("h2", ONE),)))
    change = block_changes(old, new)[0].paragraphs[0]
    assert (change.kind, change.before.style, change.after.style) == ("edited", "p", "h2")


def row(id: str, person: str, part: str) -> Block:
    return Block(id, "", (Paragraph("ref", person, (), "person"), Paragraph("choice", part, (), "part")))


def test_rows_are_added_removed_moved_and_changed():
    old = page_of(row("1", "p:1", "author"), row("2", "p:2", "author"), row("3", "p:3", "editor"))
    new = page_of(row("2", "p:2", "author"), row("", "p:1", "contact"), row("", "p:4", "author"))
    found = {
        (change.kind, bool(change.moved)): (change.block(0) or change.block(1)).paragraphs[0].text
        for change in block_changes(old, new)
    }
    assert found.pop(("removed", False)) == "p:3"
    assert found.pop(("added", False)) == "p:4"
    assert set(found) in ({("same", True), ("edited", False)}, {("same", False), ("edited", True)})


def test_a_fact_changes_from_one_value_to_another():
    old = page_of(Block("licence", "", (Paragraph("choice", "cc-by"),)))
    new = page_of(Block("licence", "", (Paragraph("choice", "cc-by-sa"),)))
    change = block_changes(old, new)[0].paragraphs[0]
    assert [tuple(piece) for piece in change.pieces] == [("-", "cc-by"), ("+", "cc-by-sa")]
    assert compare(old, new).changed_words == 0


def said_of(old: Paragraph, new: Paragraph) -> list[FormatChange]:
    return format_changes(
        block_changes(page_of(Block("a", "", (old,))), page_of(Block("a", "", (new,))))[0].paragraphs[0]
    )


def test_formatting_is_told_by_the_words_that_have_it():
    old = Paragraph("p", "Reciprocity binds us all.", (Mark(12, 17, "italic"),))
    new = Paragraph("p", "Reciprocity binds all of us.", (Mark(0, 11, "bold"),))
    assert said_of(old, new) == [
        FormatChange("on", "bold", "Reciprocity"),
        FormatChange("off", "italic", "binds"),
    ]


def test_a_link_that_leads_elsewhere_is_told_once_and_one_in_new_words_too():
    old = Paragraph("p", "Read the charter now.", (Mark(9, 16, "link", "page:3"),))
    new = Paragraph(
        "p",
        "Read the charter now, or later.",
        (Mark(9, 16, "link", "https://example.org"), Mark(25, 30, "link", "page:4")),
    )
    assert said_of(old, new) == [
        FormatChange("to", "link", "charter", "https://example.org", "page:3"),
        FormatChange("with", "link", "later", "page:4"),
    ]


def test_formatting_kept_through_an_edit_is_not_told():
    old = Paragraph("p", "One bold word here.", (Mark(4, 8, "bold"),))
    new = Paragraph("p", "There is one more bold word here.", (Mark(18, 22, "bold"),))
    assert said_of(old, new) == []


def test_sizes_are_counted_in_words_and_characters():
    diff = compare(page_of(text_block("a", "one two three")), page_of(text_block("a", "one three four five")))
    assert (diff.words_added, diff.words_removed, diff.changed_words) == (2, 1, 3)
    assert diff.size_change == (1, len("one three four five") - len("one two three"))
    assert diff.sections_changed == ("body",)


def test_a_section_that_only_one_text_has_comes_and_goes_whole():
    old = PageText("m", (Section("title", "fact", ()), Section("gone", "text", (text_block("a", ONE),))))
    new = PageText("m", (Section("title", "fact", ()), Section("come", "text", (text_block("a", ONE),))))
    diff = compare(old, new)
    assert diff.sections_changed == ("gone", "come")
    assert apply(old, diff) == new


def test_a_difference_does_not_apply_to_another_text():
    diff = compare(page_of(text_block("a", ONE)), page_of(text_block("a", TWO)))
    with pytest.raises(DoesNotApply):
        apply(page_of(text_block("a", THREE)), diff)
    with pytest.raises(DoesNotApply):
        revert(page_of(text_block("a", ONE)), diff)


def test_what_another_version_kept_is_refused():
    kept = to_json(compare(page_of(), page_of()))
    with pytest.raises(OtherFormat):
        from_json({**kept, "version": 0})


def test_two_sections_with_one_key_are_refused():
    with pytest.raises(ValueError, match="same key"):
        PageText("m", (Section("a", "text", ()), Section("a", "text", ())))


N = 3000
SLOW = {
    "one word over and over": (["ha"] * N, ["ha"] * (N - 100)),
    "two words in turn, shifted": (["ha", "ho"] * (N // 2), ["ho", "ha"] * (N // 2)),
    "backwards": ([str(n) for n in range(N)], [str(n) for n in range(N, 0, -1)]),
    "few words, no order": ([str(n * n % 7) for n in range(N)], [str(n * n * n % 11) for n in range(N)]),
    "each word twice": ([str(n // 2) for n in range(N)], [str(n % (N // 2)) for n in range(N)]),
    "one apart, nested": (
        [w for n in range(N // 3) for w in (str(n), "x", "y")],
        [w for n in range(N // 3) for w in ("y", str(n), "x")],
    ),
}


@pytest.mark.parametrize("name", SLOW)
def test_the_work_is_in_proportion_to_the_texts(name):
    old, new = SLOW[name]
    work = Work(old, new)
    runs = common_runs(old, new, work)
    assert work.done <= (STEPS_A_TOKEN + 1) * (len(old) + len(new))
    for i, j, length in runs:
        assert old[i : i + length] == new[j : j + length]


def test_each_block_is_compared_with_few_others(monkeypatch):
    asked = []
    likeness = Matching._likeness
    monkeypatch.setattr(Matching, "_likeness", lambda *args: asked.append(1) or likeness(*args))
    size = 400
    old = page_of(*(text_block(f"a{n}", f"one{n} two{n % 50} three{n % 7} four five") for n in range(size)))
    new = page_of(*(text_block(f"b{n}", f"one{-n} two{n % 50} three{n % 7} six") for n in range(size)))
    compare(old, new)
    assert asked
    assert len(asked) <= size * (TRIED + 2) * 2  # blocks, then paragraphs


def test_the_core_needs_no_framework():
    """Only the standard library and itself."""
    for path in Path(cms.wiki.diffs.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            assert not {name.split(".")[0] for name in names} & {
                "django",
                "wagtail",
                "cms",
                "home",
                "initiatives",
            }
