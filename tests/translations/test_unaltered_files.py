"""A file that goes out and comes back as it went changes nothing, whatever the texts hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.translations.formats import OutgoingFile, OutgoingUnit, fit, read_file, write_po, write_xliff
from cms.translations.inline import normalise_inline
from cms.translations.queries.texts import last_numbers, survey_of
from cms.translations.rules import CHANGED, DRAFTED, FRESH, UNTRANSLATED, Known, survey
from cms.translations.segments import Segment
from cms.translations.services.claiming import claim
from cms.translations.services.drafting import save_segment
from cms.translations.services.filing import STATES, import_file, outgoing

from .offline import WORK, texts
from .translating import fresh

WRITERS = pytest.mark.parametrize("write", [write_po, write_xliff])
RIGHT_TO_LEFT = [
    "\u200fمطحنة (3) \u202bفي القرية\u202c: «نعم»",
    "שלום \u2067עולם\u2069, 100%",
    "mixed عربي mixed",
]
AWKWARD = [
    *RIGHT_TO_LEFT,
    "\"quoted\" \\ back\\slash 'single' “curly”",
    "two\nlines\r\nand\ta tab ",
    " \n ",
    "\x01\x08\x0b\x0c\x1b\x1f\x7f\x85\ufffe\uffff control",
    "&lt;b&gt; is no tag; ]]&gt; neither; &amp;amp; stays",
    '<b>bold <i>and</i></b><br/><a id="a1">link</a> 🥖',
    "#, fuzzy",
    'msgid "x"',
]
written = st.one_of(texts(), st.sampled_from([normalise_inline(each) for each in AWKWARD]))
places = st.sampled_from(["title", "body.1", "body.2"])


@st.composite
def translations(draw):
    """Segments, what was published of an older state of them, and drafts."""
    source = [
        Segment(path, text, order)
        for order, (path, text) in enumerate(
            draw(st.lists(st.tuples(places, written.filter(str.strip)), min_size=1, max_size=5, unique=True))
        )
    ]
    published = draw(st.lists(st.builds(Known, places, written.filter(bool), written), max_size=3))
    published += [Known(each.path, each.text, draw(written)) for each in source if draw(st.booleans())]
    drafts = {each.key: draw(written) for each in source if draw(st.booleans())}
    return source, published, drafts


def exported(found) -> OutgoingFile:
    units = tuple(
        OutgoingUnit(
            each.segment.key,
            each.segment.path,
            each.segment.text,
            each.old_target if each.state == CHANGED else each.text,
            state=STATES[each.state],
            previous_source=each.old_source if each.state == CHANGED else "",
        )
        for each in found.standings
    )
    return OutgoingFile(WORK, "A mill", "en", "ar", 3, units)


@WRITERS
@given(translations())
def test_what_comes_back_is_what_there_was(write, made):
    source, published, drafts = made
    found = survey(source, published, drafts)
    fitted = fit(read_file("a", write(exported(found))), source)
    # What has no words but white space asks for nothing.
    expected = {key: text for key, text in found.texts().items() if text.strip()}
    assert fitted.taken == expected
    unsure = {each.segment.key for each in found.standings if each.state == CHANGED and each.old_target}
    assert {problem.key_or_position for problem in fitted.left_out} == unsure
    again = survey(source, published, {**drafts, **fitted.taken})
    assert again.texts() == found.texts()


@WRITERS
@pytest.mark.parametrize("text", AWKWARD)
def test_each_awkward_text_by_itself(write, text):
    words = normalise_inline(text)
    segment = Segment("title", "A mill", 1)
    fitted = fit(read_file("a", write(exported(survey([segment], [], {segment.key: words})))), [segment])
    assert fitted.taken == ({segment.key: words} if words.strip() else {})
    assert fitted.left_out == []


@pytest.mark.django_db
@WRITERS
def test_a_translation_with_everything_in_it_stays_as_it_is(write, behind, translator):
    """Published passages, a changed one, a drafted one: out and back writes nothing."""
    task = behind
    claim(translator, task.pk)
    rich = next(each for each in survey_of(fresh(task)).standings if "<a " in each.segment.text)
    words = f'{RIGHT_TO_LEFT[0]} <b>"x"</b>\x01 <a id="a1">y</a>'
    seen = last_numbers(task).get(rich.segment.key, 0)
    save_segment(translator, task.pk, rich.segment.key, words, seen=seen)
    task = fresh(task)
    before = list(task.drafts.order_by("pk").values())
    states = {each.state for each in survey_of(task).standings}
    assert states == {DRAFTED, CHANGED, FRESH}
    made = import_file(translator, task, "any", write(outgoing(task)))
    assert made.written == 0
    (unsure,) = made.left_out
    assert "unsure" in unsure.message
    assert list(task.drafts.order_by("pk").values()) == before


def test_every_state_goes_out():
    assert set(STATES) == {UNTRANSLATED, CHANGED, DRAFTED, FRESH}
