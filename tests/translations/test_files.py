"""PO and XLIFF: out and back in without loss, whatever a tool does in between; and what is refused, by name."""

from contextlib import suppress
from xml.etree import ElementTree

import polib
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cms.translations.formats import (
    CHANGED,
    DRAFT,
    MISSING,
    PUBLISHED,
    FileRefused,
    OutgoingFile,
    OutgoingUnit,
    fit,
    read_file,
    read_po,
    read_xliff,
    write_po,
    write_xliff,
)
from cms.translations.inline import normalise_inline
from cms.translations.segments import Segment, segment_key

from .test_inline import INLINE

XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"
WORK = "0b0e9a53-2c51-4a8f-8d3a-000000000001"
# A carriage return is a line feed to whatever reads XML.
CONTROL = st.text(st.characters(categories=["Cc"], exclude_characters="\x00\r"), max_size=3)
WORDS = (
    st.tuples(INLINE, CONTROL, INLINE).map(lambda parts: normalise_inline("".join(parts))).filter(str.strip)
)
BOTH = pytest.mark.parametrize(
    ("write", "read"), [(write_po, read_po), (write_xliff, read_xliff)], ids=["po", "xliff"]
)


def unit(path: str, source: str, target: str = "", **more) -> OutgoingUnit:
    more.setdefault("state", DRAFT if target else MISSING)
    return OutgoingUnit(segment_key(path, source), path, source, target, **more)


def a_file(*units: OutgoingUnit, **more) -> OutgoingFile:
    fields = {
        "work": WORK,
        "title": "Workshop",
        "source_language": "en",
        "target_language": "fr",
        "source_version": 3,
    }
    return OutgoingFile(**{**fields, **more}, units=units)


UNITS = st.lists(
    st.tuples(st.sampled_from(["title", "body.1", "sessions.a-b.text"]), WORDS, WORDS),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row[:2],
).map(lambda rows: [unit(*row) for row in rows])


@BOTH
@given(units=UNITS)
@settings(max_examples=60)
def test_what_goes_out_comes_back(write, read, units):
    back = read(write(a_file(*units)))
    assert (back.work, back.source_language, back.target_language, back.source_version) == (
        WORK,
        "en",
        "fr",
        3,
    )
    assert [(each.key, each.path, each.target) for each in back.units] == [
        (each.key, each.path, each.target) for each in units
    ]
    assert back.problems == []
    current = [Segment(each.path, each.source, place) for place, each in enumerate(units)]
    fitted = fit(back, current)
    assert fitted.taken == {each.key: each.target for each in units}
    assert fitted.left_out == []


@given(units=UNITS)
@settings(max_examples=30)
def test_a_tool_may_wrap_and_reorder_a_po_file(units):
    content = write_po(a_file(*units)).decode()
    assume(
        content.splitlines() == content.split("\n")[:-1]
    )  # polib itself loses others where it reads a string
    po = polib.pofile(content)
    po.wrapwidth = 40
    po.reverse()
    back = read_po(str(po).encode())
    assert {each.key: each.target for each in back.units} == {each.key: each.target for each in units}


@given(units=UNITS)
@settings(max_examples=30)
def test_a_tool_may_write_xliff_with_other_prefixes(units):
    tree = ElementTree.fromstring(write_xliff(a_file(*units)))  # noqa: S314 - our own
    again = ElementTree.tostring(tree).replace(b"ns0:", b"x:").replace(b":ns0", b":x")
    back = read_xliff(again)
    assert {each.key: each.target for each in back.units} == {each.key: each.target for each in units}


def test_xliff_is_built_as_the_standard_has_it():
    words = 'A <b>bold</b><br/><a id="a1">link</a>'
    root = ElementTree.fromstring(  # noqa: S314 - our own
        write_xliff(
            a_file(unit("title", words, words, note="In the head", state=CHANGED, previous_source="Old"))
        )
    )
    assert root.attrib == {"version": "2.0", "srcLang": "en", "trgLang": "fr"}
    (file,) = root
    (one,) = file
    assert [child.tag.removeprefix(XLIFF) for child in one] == ["notes", "originalData", "segment"]
    assert [child.tag.removeprefix(XLIFF) for child in one[2]] == ["source", "target"]
    known = {each.get("id") for each in one.iter(f"{XLIFF}data")}
    for side in one[2]:
        codes = [each for each in side.iter() if each is not side]
        ids = [each.get("id") for each in codes]
        assert len(ids) == len(set(ids)) == 3
        used = {value for each in codes for name, value in each.attrib.items() if name.startswith("dataRef")}
        assert used <= known


def test_a_tool_may_split_a_unit_into_segments():
    content = write_xliff(a_file(unit("body.1", "One. Two.", "x"))).decode()
    start, end = content.index("<segment"), content.index("</segment>") + len("</segment>")
    split = (
        "<segment state='translated'><source>One.</source><target>Un.</target></segment>"
        "<ignorable><source> </source></ignorable>"
        "<segment state='translated'><source>Two.</source><target>Deux.</target></segment>"
    )
    (back,) = read_xliff((content[:start] + split + content[end:]).encode()).units
    assert (back.source, back.target) == ("One. Two.", "Un. Deux.")


def test_what_is_unsure_is_not_taken():
    changed = unit("title", "New", "Vieux", state=CHANGED, previous_source="Old")
    po = read_po(write_po(a_file(changed)))
    assert po.units == []
    assert "fuzzy" in po.problems[0].message
    assert polib.pofile(write_po(a_file(changed)).decode())[0].previous_msgid == "Old"
    assert read_xliff(write_xliff(a_file(changed))).units == []


def test_published_words_come_along_and_missing_ones_are_empty():
    units = [unit("title", "A", "B", state=PUBLISHED), unit("body.1", "C")]
    for write, read in ((write_po, read_po), (write_xliff, read_xliff)):
        assert [each.target for each in read(write(a_file(*units))).units] == ["B"]


@BOTH
@pytest.mark.parametrize("bad", ["<script>x</script>", '<b onclick="x">a</b>', '<a href="https://x">a</a>'])
def test_mark_up_that_may_not_be_is_named_and_left_out(write, read, bad):
    content = write(
        a_file(unit("title", "First words", "Premiers"), unit("body.1", "Second words", "SECOND"))
    )
    if write is write_po:
        content = content.replace(b"SECOND", bad.replace('"', '\\"').encode())
    else:
        tag = bad[: bad.index(">") + 1].replace("<", "&lt;").replace('"', "&quot;")
        code = b'<pc id="1" dataRefStart="d9" dataRefEnd="d9">x</pc>'
        content = content.replace(b"SECOND", code).replace(
            b"<segment", f'<originalData><data id="d9">{tag}</data></originalData><segment'.encode()
        )
    back = read(content)
    assert [each.target for each in back.units] == ["Premiers"]
    assert [problem.where for problem in back.problems] == ["Second words"]


def test_a_file_from_an_older_source_takes_what_still_fits():
    back = read_po(
        write_po(
            a_file(
                unit("title", "Same", "Pareil"),
                unit("body.1", "Gone", "Parti"),
                unit("body.2", "Moved", "Ailleurs"),
            )
        )
    )
    current = [Segment("title", "Same", 1), Segment("body.9", "Moved", 2), Segment("body.1", "New", 3)]
    fitted = fit(back, current)
    assert fitted.taken == {current[0].key: "Pareil", current[1].key: "Ailleurs"}
    assert [problem.where for problem in fitted.left_out] == ["Gone"]


def test_the_same_words_in_two_places_do_not_go_astray():
    back = read_po(write_po(a_file(unit("body.1", "Yes", "Oui"))))
    assert fit(back, [Segment("body.2", "Yes", 1), Segment("body.3", "Yes", 2)]).taken == {}


GOOD = write_xliff(a_file(unit("title", "A", "B")))
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xliff>&b;</xliff>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"%PDF-1.4",
        b"\x00\x01\x02",
        b"hello",
        b"<html></html>",
        b"<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'><file/></xliff>",
        GOOD[: len(GOOD) // 2],
        GOOD.replace(b"unit", b"group"),
        BOMB,
        b'<?xml version="1.0" encoding="nonsense"?><xliff/>',
        b'msgid "a\nmsgstr "b"',
        write_po(a_file(unit("title", "A", "B")))[:-3],
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "é"\nmsgstr "è"\n'.encode(
            "latin-1"
        ),
        b'msgid ""\nmsgstr "Language: fr\\n"\n',
        b"<" + b"a" * 5_000_001,
        b'msgid "' + b"a" * 5_000_001,
    ],
    ids=range(17),
)
def test_a_file_that_cannot_be_read_is_refused_with_a_word(content):
    with pytest.raises(FileRefused) as told:
        read_file(content)
    assert str(told.value)


@given(st.binary(max_size=300))
def test_whatever_is_sent_is_read_or_refused(content):
    with suppress(FileRefused):
        read_file(content)


@given(st.text(max_size=200))
def test_the_same_for_texts_that_begin_like_a_file(text):
    for start in ('msgid ""\nmsgstr ""\n', "<xliff "):
        with suppress(FileRefused):
            read_file((start + text).encode("utf-8", "replace"))
