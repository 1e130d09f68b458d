"""Joining two texts: what both changed has to be chosen, and the editor's own bookkeeping is no change."""

import json

import pytest

from cms.wiki.merging import changed_fields, merge, same


def block(name: str, html: str, **more) -> dict:
    return {"type": "text", "id": name, "value": html, **more}


def body(*blocks: dict) -> str:
    return json.dumps(blocks)


def test_each_changed_another_field():
    merged = merge(
        {"title": "a", "summary": "b"}, {"title": "A", "summary": "b"}, {"title": "a", "summary": "B"}
    )
    assert merged.content == {"title": "A", "summary": "B"}
    assert merged.conflicts == []


def test_both_changed_the_same_field():
    merged = merge({"title": "a"}, {"title": "mine"}, {"title": "theirs"})
    assert merged.content == {"title": "mine"}
    assert merged.conflicts == ["title"]


KEYED = '<p data-block-key="k1">One.</p><ul><li data-block-key="k2">Two</li></ul>'
KEYED_ANEW = '<p data-block-key="x9">One.</p><ul><li data-block-key="x8">Two</li></ul>'
BARE = "<p>One.</p><ul><li>Two</li></ul>"


@pytest.mark.parametrize("one", [KEYED, KEYED_ANEW, BARE])
@pytest.mark.parametrize("other", [KEYED, KEYED_ANEW, BARE])
@pytest.mark.parametrize(
    "kept_in",
    [
        lambda html: html,
        lambda html: body(block("b", html)),
        lambda html: body({"type": "group", "id": "g", "value": {"texts": [block("b", html)]}}),
        lambda html: [{"pk": 1, "text": html, "blocks": body(block("b", html))}],
    ],
    ids=["a field", "a block", "a block in a block", "a row"],
)
def test_keys_of_paragraphs_say_nothing(one, other, kept_in):
    assert same(kept_in(one), kept_in(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<p data-block-key="k">One.</p>', '<p data-block-key="k">Two.</p>'),
        ('<p data-block-key="k">One.</p>', '<h2 data-block-key="k">One.</h2>'),
        ('<p data-block-key="k"><a id="1">a</a></p>', '<p data-block-key="k"><a id="2">a</a></p>'),
        # Not an attribute: somebody writes of it.
        ("See data-block-key=&quot;a&quot;", "See data-block-key=&quot;b&quot;"),
        ('write data-block-key="a" here', 'write data-block-key="b" here'),
    ],
)
def test_all_else_in_a_rich_text_is_a_change(one, other):
    assert not same(one, other)
    assert not same(body(block("b", one)), body(block("b", other)))
    assert changed_fields({"text": one}, {"text": other}) == ["text"]


def test_a_rich_text_that_nobody_touched_is_no_conflict():
    base = {"title": "a", "summary": "b", "context": BARE, "body": body(block("b", BARE))}
    mine = base | {"title": "mine", "context": KEYED, "body": body(block("b", KEYED))}
    theirs = base | {"summary": "theirs", "context": KEYED_ANEW, "body": body(block("b", KEYED_ANEW))}
    merged = merge(base, mine, theirs)
    assert merged.conflicts == []
    assert (merged.content["title"], merged.content["summary"]) == ("mine", "theirs")
    assert same(merged.content["body"], base["body"])


def test_blocks_that_each_changed_are_joined_whatever_their_keys():
    base = body(block("a", "<p>A.</p>"), block("b", "<p>B.</p>"), block("c", "<p>C.</p>"))
    mine = body(
        block("a", '<p data-block-key="m1">A, mine.</p>'),
        block("b", '<p data-block-key="m2">B.</p>'),
        block("c", '<p data-block-key="m3">C.</p>'),
    )
    # They also removed a block, in which my window changed nothing but the keys.
    theirs = body(
        block("a", '<p data-block-key="t1">A.</p>'), block("b", '<p data-block-key="t2">B, theirs.</p>')
    )
    merged = merge({"body": base}, {"body": mine}, {"body": theirs})
    assert merged.conflicts == []
    assert same(merged.content["body"], body(block("a", "<p>A, mine.</p>"), block("b", "<p>B, theirs.</p>")))


def test_a_block_that_both_changed_is_a_conflict():
    base, mine, theirs = (body(block("a", f"<p>{text}</p>")) for text in ("A", "mine", "theirs"))
    assert merge({"body": base}, {"body": mine}, {"body": theirs}).conflicts == ["body"]


def test_a_block_removed_by_one_and_changed_by_the_other_is_a_conflict():
    base = body(block("a", "<p>A</p>"), block("b", "<p>B</p>"))
    mine = body(block("a", "<p>A</p>"))
    theirs = body(block("a", "<p>A</p>"), block("b", "<p>B, more</p>"))
    assert merge({"body": base}, {"body": mine}, {"body": theirs}).conflicts == ["body"]
