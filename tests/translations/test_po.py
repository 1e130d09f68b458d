"""PO files: what goes out comes back, also through a translator's tool, and what is wrong is named."""

import polib
import pytest
from hypothesis import given

from cms.translations.formats import (
    CHANGED,
    LARGEST,
    MOST_UNITS,
    FileRefused,
    read_file,
    read_po,
    write_po,
)
from tests.cpu import pieces

from .offline import CHANGED_UNIT, ORDINARY, WORK, complaint, file, files, only, texts, unit, words

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def entry(source="Hello", target="Bonjour", context="title 0123456789abcdef"):
    return f'msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{target}"\n\n'


def po(*entries, header=HEADER):
    return (header + "".join(entries)).encode()


@given(files())
def test_what_goes_out_comes_back(outgoing):
    read = read_file("a.po", write_po(outgoing))
    assert words(read) == words(outgoing)
    assert (read.work, read.source_version) == (WORK, 7)
    assert (read.source_language, read.target_language) == ("en", "pt-br")
    assert read.problems == ()


@given(files(letters=ORDINARY))
def test_a_tool_that_wraps_and_sorts_loses_nothing(outgoing):
    catalogue = polib.pofile(write_po(outgoing).decode(), wrapwidth=40)
    catalogue.sort(key=lambda each: each.msgid)
    read = read_po(str(catalogue).encode())
    assert sorted(words(read)) == sorted(words(outgoing))
    assert (read.work, read.source_version) == (WORK, 7)


@given(texts(letters=ORDINARY))
def test_what_a_tool_writes_is_read(target):
    catalogue = polib.pofile(write_po(file(unit())).decode())
    catalogue[0].msgstr = target
    assert only(read_po(str(catalogue).encode())).target == target


def test_a_tool_sees_languages_notes_and_that_the_source_changed():
    outgoing = file(CHANGED_UNIT, unit(note="Shown in lists.\nKeep it short."))
    changed, plain = polib.pofile(write_po(outgoing).decode())
    assert changed.fuzzy
    assert changed.previous_msgid == "The old"
    assert plain.comment == "Shown in lists.\nKeep it short."
    assert not plain.fuzzy
    assert polib.pofile(write_po(outgoing).decode()).metadata["Language"] == "pt_BR"


def test_what_is_still_marked_as_unsure_is_not_taken_and_once_confirmed_it_is():
    content = write_po(file(CHANGED_UNIT))
    assert "“The new mill”: It is marked as unsure" in complaint(read_po(content))
    assert only(read_po(content.replace(b"#, fuzzy\n", b""))).target == CHANGED_UNIT.target


def test_nothing_to_confirm_where_nothing_was_written():
    assert only(read_po(write_po(file(unit(state=CHANGED))))).target == ""


def test_the_same_text_twice_in_one_place_is_one_entry():
    assert len(read_po(write_po(file(unit(target="a"), unit(target="a")))).units) == 1


def test_obsolete_entries_and_their_flags_are_passed_over():
    read = read_po(po(entry(), '#, fuzzy\n#~ msgid "Old"\n#~ msgstr "Vieux"\n\n', entry("a", "b", "x")))
    assert [each.target for each in read.units] == ["Bonjour", "b"]
    assert read.problems == ()


def test_an_entry_without_our_context_keeps_its_text():
    found = only(read_po(po('msgid "Hello"\nmsgstr "Bonjour"\n')))
    assert (found.key, found.path, found.source, found.target) == ("", "", "Hello", "Bonjour")


def test_line_ends_of_windows_and_a_byte_order_mark():
    content = b"\xef\xbb\xbf" + write_po(file(unit(target="a\nb"))).replace(b"\n", b"\r\n")
    assert only(read_file("a.po", content)).target == "a\nb"


def test_the_character_set_of_the_header_is_honoured():
    content = (HEADER.replace("UTF-8", "ISO-8859-1") + entry(target="Déjà")).encode("latin-1")
    assert only(read_po(content)).target == "Déjà"


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("<script>alert(1)</script>", "The tag <script> is not allowed"),
        ("<b onclick=x>a</b>", "may not have attributes"),
        ("<p>a</p>", "The tag <p> is not allowed"),
        ("a" * 20_001, "longer than a segment"),
        ("a\0b", "cannot be kept"),
    ],
)
def test_what_may_not_stand_in_a_text_is_named_and_not_taken(target, why):
    read = read_po(po(entry(target=target), entry("Other", "Autre", "title fedcba9876543210")))
    assert only(read).target == "Autre"
    (problem,) = read.problems
    assert problem.key_or_position == "0123456789abcdef"
    assert problem.message.startswith("“Hello”: ")
    assert why in problem.message


def test_a_text_without_key_is_named_by_its_line():
    read = read_po(po('msgid "Hello"\nmsgstr "<u>a</u>"\n'))
    assert read.problems[0].key_or_position == "line 4"


def test_twice_with_different_words_is_named_and_neither_is_taken():
    assert "twice" in complaint(read_po(po(entry(target="a"), entry(target="b"), entry(target="c"))))
    assert only(read_po(po(entry(), entry()))).target == "Bonjour"


def test_plural_forms_are_named():
    plural = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'
    assert "plural" in complaint(read_po(po(plural)))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04", "neither a PO file nor"),
        (b"hello", "“a.po” is neither"),
        (po(), "nothing to translate"),
        (po(entry()[:-4]), "cut off, at line 6"),
        (po('msgctxt "a"\nmsgid "b"\n'), "cut off, at line 4"),
        (po('msgid "b"\n'), "cut off, at line 4"),
        (po('"b"\n'), "damaged or cut off"),
        (po('msgid "a"b"\nmsgstr ""\n'), "damaged or cut off, at line 4"),
        (po("msgid\n"), "damaged"),
        (po(entry(target="é")).replace(b"\xc3", b""), "Save it as UTF-8"),
        (po(entry(), header=HEADER.replace("UTF-8", "zip")), "character set “zip”"),
        (b'msgid "' + b"a" * LARGEST, "larger than 5 MB"),
        (po(*(entry(context=f"{n}") for n in range(MOST_UNITS + 1))), "more than 10000 texts"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, why):
    with pytest.raises(FileRefused) as refused:
        read_file("a.po", content)
    assert why in str(refused.value)


def test_a_file_is_never_opened_for_its_content(tmp_path):
    path = tmp_path / "msgid.po"
    path.write_bytes(po(entry()))
    with pytest.raises(FileRefused):
        read_file("a.po", str(path).encode())


@pytest.mark.parametrize("line", ['msgid "' + "\\a" * 2_400_000, '""\n' * 1_600_000, "#, a\n" * 900_000])
def test_a_hostile_file_is_read_in_one_go(line):
    content = b'msgid "a"\nmsgstr "b"\nmsgid ""\n' + line.encode()

    def read():
        with pytest.raises(FileRefused):
            read_file("a.po", content)

    assert pieces(read)[0] < 1000
