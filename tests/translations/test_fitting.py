"""A file against the source of today: what still fits is taken, the rest is named."""

import pytest

from cms.translations.formats import (
    IncomingFile,
    IncomingUnit,
    Problem,
    fit,
    read_po,
    read_xliff,
    write_po,
    write_xliff,
)
from cms.translations.segments import Segment, segment_key

from .offline import file, unit

MILL, PLAN = Segment("body.1", "A mill", 1), Segment("body.2", "A <b>plan</b>", 2)
CHANGED = "The source has changed since this file was made."


def incoming(*units, problems=()):
    return IncomingFile("", "en", "fr", 1, units, problems)


def words(source, target, path="", key=""):
    return IncomingUnit(key, path, source, target)


def test_by_key():
    fitted = fit(incoming(words("anything", "Un moulin", key=MILL.key)), [MILL, PLAN])
    assert fitted.taken == {MILL.key: "Un moulin"}
    assert fitted.left_out == []


@pytest.mark.parametrize("key", ["", "0123456789abcdef"])
@pytest.mark.parametrize("path", ["body.1", "moved.elsewhere", ""])
def test_by_place_and_text_or_by_text_alone(key, path):
    assert fit(incoming(words("A mill", "Un moulin", path, key)), [MILL, PLAN]).taken == {
        MILL.key: "Un moulin"
    }


def test_a_text_that_stands_in_two_places_needs_its_place():
    twice = [MILL, Segment("body.9", "A mill", 9)]
    assert fit(incoming(words("A mill", "Un moulin", "body.9")), twice).taken == {twice[1].key: "Un moulin"}
    fitted = fit(incoming(words("A mill", "Un moulin", "gone")), twice)
    assert fitted.taken == {}
    assert fitted.left_out == [Problem("#1", f"“A mill”: {CHANGED}")]


def test_the_same_text_twice_in_one_place_is_one_segment():
    twice = [MILL, Segment(MILL.path, MILL.text, 5)]
    assert fit(incoming(words("A mill", "Un moulin")), twice).taken == {MILL.key: "Un moulin"}


def test_what_no_longer_fits_is_named_by_its_first_words():
    old = words("An <b>old</b> mill " * 20, "x", key="0123456789abcdef")
    (problem,) = fit(incoming(old), [MILL]).left_out
    assert problem.key_or_position == "0123456789abcdef"
    assert problem.message.startswith("“An old mill An old mill")
    assert problem.message.endswith(f"…”: {CHANGED}")
    assert len(problem.message) < 130


def test_without_words_nothing_is_taken_and_nothing_said():
    fitted = fit(incoming(words("A mill", "", key=MILL.key), words("Gone", " ")), [MILL])
    assert (fitted.taken, fitted.left_out) == ({}, [])


def test_words_with_the_right_key_win_over_words_that_happen_to_fit():
    unsure, sure = words("A mill", "Une usine", "x"), words("A mill", "Un moulin", key=MILL.key)
    fitted = fit(incoming(unsure, sure), [MILL])
    assert fitted.taken == {MILL.key: "Un moulin"}
    assert "another translation" in fitted.left_out[0].message


def test_problems_of_reading_are_kept():
    wrong = Problem("line 3", "wrong")
    assert fit(incoming(problems=(wrong,)), [MILL]).left_out == [wrong]


@pytest.mark.parametrize(("write", "read"), [(write_po, read_po), (write_xliff, read_xliff)])
def test_a_file_of_an_older_source_takes_what_still_fits(write, read):
    content = write(
        file(
            unit("body.1", "A mill", "Un moulin"),
            unit("body.2", "A plan", "Un projet"),
            unit("body.3", "Moved", "Déplacé"),
        )
    )
    moved = Segment("body.7", "Moved", 3)
    fitted = fit(read(content), [MILL, PLAN, moved])
    assert fitted.taken == {MILL.key: "Un moulin", moved.key: "Déplacé"}
    assert fitted.left_out == [Problem(segment_key("body.2", "A plan"), f"“A plan”: {CHANGED}")]
