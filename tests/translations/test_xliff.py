"""XLIFF 2.0: what goes out comes back and keeps to the standard; what tools do to it is understood or named."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given

from cms.translations.formats import (
    CHANGED,
    DRAFT,
    MOST_UNITS,
    PUBLISHED,
    FileRefused,
    read_file,
    read_xliff,
    write_xliff,
)
from tests.cpu import pieces

from .offline import CHANGED_UNIT, ORDINARY, WORK, complaint, file, files, only, unit, words
from .xliff_structure import faults

KEY = "0123456789abcdef"
DATA = (
    '<originalData><data id="d1">&lt;b&gt;</data><data id="d2">&lt;/b&gt;</data>'
    '<data id="d3">&lt;br/&gt;</data></originalData>'
)
SOURCE = '<source>A <pc id="1" dataRefStart="d1" dataRefEnd="d2">mill</pc></source>'


def document(*units, attributes='version="2.0" srcLang="en" trgLang="fr"', space="2.0"):
    return (
        f'<xliff xmlns="urn:oasis:names:tc:xliff:document:{space}" {attributes}>'
        f'<file id="f" original="urn:uuid:{WORK}#7">{"".join(units)}</file></xliff>'
    ).encode()


def one(*content, data=DATA, key=KEY):
    return f'<unit id="{key}" name="title">{data}{"".join(content)}</unit>'


def segment(target, source=SOURCE, **attributes):
    given = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<segment{given}>{source}<target>{target}</target></segment>"


def target_of(*content, **more):
    return only(read_xliff(document(one(*content, **more)))).target


@given(files())
def test_what_goes_out_comes_back(outgoing):
    read = read_file("a.xlf", write_xliff(outgoing))
    assert words(read) == words(outgoing)
    assert (read.work, read.source_version) == (WORK, 7)
    assert (read.source_language, read.target_language) == ("en", "pt-br")
    assert read.problems == ()


@given(files(states=("missing", DRAFT, PUBLISHED, CHANGED)))
def test_it_keeps_to_the_standard(outgoing):
    assert faults(write_xliff(outgoing)) == []


@given(files(letters=ORDINARY))
def test_a_tool_that_writes_the_tree_anew_loses_nothing(outgoing):
    tree = ElementTree.fromstring(write_xliff(outgoing))
    for encoding in ("utf-8", "utf-16", "us-ascii"):
        again = ElementTree.tostring(tree, encoding=encoding, xml_declaration=True)
        assert words(read_file("a", again)) == words(outgoing)


def test_a_code_of_the_translation_is_that_of_the_source():
    written = write_xliff(
        file(unit(source="<b>a</b> <i>b</i>", target="<i>b</i> <b>a</b> <b>c</b>"))
    ).decode()
    codes = [re.findall(r'<pc id="(\d)" dataRefStart="(d\d)"', part) for part in written.split("<target>")]
    assert codes == [[("1", "d1"), ("2", "d3")], [("2", "d3"), ("1", "d1"), ("3", "d1")]]


def test_states_go_out_and_come_back():
    outgoing = file(unit("a"), unit("b", target="b", state=DRAFT), unit("c", target="c", state=PUBLISHED))
    assert [each.state for each in read_xliff(write_xliff(outgoing)).units] == [
        "initial",
        "translated",
        "final",
    ]


def test_notes_and_the_former_source_are_there_for_the_translator():
    written = write_xliff(file(unit(note="Keep it <short>"), CHANGED_UNIT)).decode()
    assert '<note id="n1" category="context">Keep it &lt;short&gt;</note>' in written
    assert 'category="previous-source">The old</note>' in written


def test_what_is_still_marked_as_unsure_is_not_taken_and_once_translated_it_is():
    content = write_xliff(file(CHANGED_UNIT))
    assert "“The new mill”: It is marked as unsure" in complaint(read_xliff(content))
    confirmed = content.replace(b'state="initial" subState="ancrage:changed"', b'state="translated"')
    assert only(read_xliff(confirmed)).target == CHANGED_UNIT.target


def test_segments_cut_by_a_tool_are_joined_with_what_is_between_in_the_order_it_gives():
    cut = (
        "<segment state='final'><source>One.</source><target order='3'>Un.</target></segment>"
        "<ignorable><source> </source></ignorable>"
        "<segment state='translated'><source>Two.</source><target order='1'>Deux.</target></segment>"
    )
    read = only(read_xliff(document(one(cut))))
    assert (read.source, read.target, read.state) == ("One. Two.", "Deux. Un.", "translated")
    between = cut.replace("<source> </source>", "<source> </source><target>\u00a0</target>")
    assert target_of(between) == "Deux.\u00a0Un."


def test_a_unit_of_which_only_a_part_is_translated_is_named():
    half = one(segment("Un.", "<source>One.</source>") + "<segment><source>Two.</source></segment>")
    assert complaint(read_xliff(document(half))) == "“One.Two.”: Only a part of it is translated."


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('Un <pc id="1"/>', "Un <b></b>"),  # references dropped: the id is enough
        ('<pc id="9" copyOf="1">a</pc>', "<b>a</b>"),
        ('<pc id="9" dataRefStart="d1">a</pc>', "<b>a</b>"),
        ('<sc id="1" dataRef="d1"/>a<ec startRef="1" dataRef="d2"/>', "<b>a</b>"),
        ('<sc id="1"/>a<ec startRef="1"/>', "<b>a</b>"),
        ('<sc id="4" dataRef="d1"/>a<ec startRef="4"/>', "<b>a</b>"),
        ('a<ph id="7" dataRef="d3"/>b', "a<br/>b"),
        ('<mrk id="m1" type="term">a<sm id="m2"/>b<em startRef="m2"/></mrk> c', "ab c"),
        ("a<!-- b -->c<![CDATA[<b>]]>", "ac&lt;b&gt;"),
        ("no code at all", "no code at all"),  # a lost code is for the checks to say
        ('<cp hex="0001"/>a', "\x01a"),
    ],
)
def test_what_tools_do_to_codes(content, text):
    assert target_of(segment(content)) == text


def test_data_of_a_module_is_not_that_of_the_unit():
    other = '<m:matches xmlns:m="urn:oasis:names:tc:xliff:matches:2.0"><m:match><originalData>'
    other += '<data id="d1">&lt;i&gt;</data></originalData></m:match></m:matches>'
    assert (
        target_of(segment('<pc id="1" dataRefStart="d1" dataRefEnd="d2">a</pc>'), data=other + DATA)
        == "<b>a</b>"
    )


@pytest.mark.parametrize(
    ("target", "data", "why"),
    [
        ('<ph id="x" dataRef="d1"/>', "&lt;script&gt;", "The tag <script> is not allowed"),
        ('<pc id="x" dataRefStart="d1">a</pc>', "&lt;b onclick='x'&gt;", "may not have attributes"),
        (
            '<pc id="x" dataRefStart="d1">a</pc>',
            "&lt;!-- --&gt;",
            "inline code in it that is not known: <!-- -->",
        ),
        ('<pc id="x" dataRefStart="d9">a</pc>', "a", "not known: d9"),
        ('<pc id="x" dataRefStart="d1">a</pc>', "a < b".replace("<", "&lt;"), "not known: a < b"),
        ('<ph id="x"/>', "a", "not known: x"),
        ('<g id="1">a</g>', "a", "not known: g"),
        ('<cp hex="zz"/>', "a", "cannot be kept"),
        ('<cp hex="0000"/>', "a", "cannot be kept"),
        ('<cp hex="D800"/>', "a", "cannot be kept"),
        ('<cp hex="FFFFFF"/>', "a", "cannot be kept"),
        ("a" * 20_001, "a", "longer than a segment"),
        (
            '<pc id="x" dataRefStart="d1">' * 30 + "</pc>" * 30,
            "&lt;b&gt;",
            "too many tags within one another",
        ),
    ],
)
def test_what_may_not_stand_in_a_text_is_named_and_not_taken(target, data, why):
    wrong = one(
        segment(target, "<source>Hello</source>"),
        data=f'<originalData><data id="d1">{data}</data></originalData>',
    )
    right = one(segment("Autre"), key="fedcba9876543210")
    read = read_xliff(document(wrong, right))
    assert only(read).target == "Autre"
    (problem,) = read.problems
    assert problem.key_or_position == KEY
    assert problem.message.startswith("“Hello”: ")
    assert why in problem.message


def test_twice_with_different_words_is_named_and_neither_is_taken():
    assert "twice" in complaint(read_xliff(document(one(segment("a")), one(segment("b")))))


def test_a_unit_of_unknown_id_keeps_its_place_and_text():
    found = only(read_xliff(document(one(segment("a"), key="u1"))))
    assert (found.key, found.path, found.source) == ("", "title", "A <b>mill</b>")


def test_units_in_groups_and_version_2_1():
    grouped = f'<group id="g"><group id="h">{one(segment("a"))}</group></group>'
    assert (
        only(read_xliff(document(grouped, attributes='version="2.1" srcLang="en" trgLang="fr"'))).target
        == "a"
    )


def test_a_file_that_names_no_work_says_so_by_saying_nothing():
    content = document(one(segment("a"))).replace(b"urn:uuid:", b"https://example.org/")
    read = read_xliff(content)
    assert (read.work, read.source_version) == ("", 0)


ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (document(), "nothing to translate"),
        (document(one(segment("a")))[:-20], "damaged or cut off, at line 1"),
        (b"<xliff>\n<a></b>", "damaged or cut off, at line 2"),
        (b"<a><b/></a>", "not an XLIFF file"),
        (b"<script>alert(1)</script>", "not an XLIFF file"),
        (document(attributes='version="1.2"', space="1.2"), "This is XLIFF 1.2"),
        (b'<xliff version="1.1"/>', "This is XLIFF 1.1"),
        (document(attributes='version="2.2"', space="2.2"), "This is XLIFF 2.2"),
        (ENTITY, "entities or a document type"),
        (b"<!DOCTYPE xliff SYSTEM 'file:///etc/passwd'><xliff/>", "entities or a document type"),
        (b"<?xml version='1.0' encoding='zip'?><xliff/>", "Save it as UTF-8"),
        (document(one(segment("\xe9"))).replace("é".encode(), b"\xe9"), "damaged"),
        (b"<a>" * 200, "built in a way no translation is"),
        (document("<a/>" * 400_000), "built in a way no translation is"),
        (document('<unit id="a"/>' * (MOST_UNITS + 1)), "more than 10000 texts"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, why):
    with pytest.raises(FileRefused) as refused:
        read_file("a.xlf", content)
    assert why in str(refused.value)


def test_several_documents_in_one_file_are_refused():
    second = f'<file id="g" original="urn:uuid:{WORK[:-1]}2#1">{one(segment("a"))}</file></xliff>'.encode()
    with pytest.raises(FileRefused, match="more than one document"):
        read_xliff(document(one(segment("a"))).replace(b"</xliff>", second))


@pytest.mark.parametrize("piece", ["&lt;", "&lt;a ", '&lt;a id="', "<cp hex='1'/>", "<pc id='1'/>", "&#13;"])
def test_a_hostile_text_is_read_in_one_go(piece):
    content = document(one(segment(piece * (2_000_000 // len(piece)))))
    cost, said = pieces(lambda: complaint(read_xliff(content)))
    assert "longer than" in said
    assert cost < 600
