"""The terms of the glossary, marked in a source."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.inline import normalise_inline
from cms.translations.markup import as_shown
from cms.translations.queries.glossary import glossary, term_index, terms_shown
from cms.translations.term_marks import marked_source
from cms.translations.terms import Term, TermIndex
from tests.factories.entries import make_term


def index(*terms: tuple[str, tuple[str, ...]], language: str = "en", keep: bool = False) -> TermIndex:
    return TermIndex(
        [Term(forms[0] if forms else term, language, (term,), forms, keep=keep) for term, forms in terms],
        language,
    )


MILL = index(("mill", ("moulin", "moulins")), ("water mill", ("moulin à eau",)), ("R&D", ("R&D",)))


def without_marks(html: str) -> str:
    return re.sub(r'<mark class="tl-term" data-forms="[^"<>]*" title="[^"<>]*">|</mark>', "", html)


def marks(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<mark class="tl-term" data-forms="([^"]*)" title="[^"]*">([^<]*)</mark>', html)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("In a mill.", [("moulin · moulins", "mill")]),
        ("Two mills", [("moulin · moulins", "mills")]),
        ("A water mill &amp; a mill", [("moulin à eau", "water mill"), ("moulin · moulins", "mill")]),
        ("A &lt;mill&gt; &amp; more", [("moulin · moulins", "mill")]),
        ("A <b>mill</b> by the sea", [("moulin · moulins", "mill")]),
        ("A <b>wa</b>ter mill", [("moulin à eau", "wa"), ("moulin à eau", "ter mill")]),
        ("mill<br/>mill", [("moulin · moulins", "mill"), ("moulin · moulins", "mill")]),
        ("A millstone", []),
        ("", []),
    ],
)
def test_terms_are_marked_where_they_stand(source, expected):
    marked = marked_source(source, MILL)
    assert marks(marked) == expected
    assert without_marks(marked) == as_shown(source)


def test_nothing_of_a_term_gets_out_of_its_attribute():
    marked = marked_source("a mill", index(("mill", ('"><script>alert(1)</script>',))))
    assert "<script" not in marked
    assert '"&gt;' not in marked
    assert "&quot;&gt;&lt;script&gt;" in marked


def test_nothing_of_a_source_gets_through():
    marked = marked_source("a mill <script>alert(1)</script><img src=x onerror=y>", MILL)
    assert "<script" not in marked
    assert "<img" not in marked


def test_a_term_without_counterpart_is_not_marked_unless_it_stays():
    assert marks(marked_source("CIGL and mill", index(("CIGL", ())))) == []
    assert marks(marked_source("CIGL and mill", index(("CIGL", ()), keep=True))) == [("CIGL", "CIGL")]


WORDS = st.sampled_from(
    ["mill", "mills", "water", " ", "&", "<", ">", '"', "é", "e\u0301", "R&D", "\u00ad", "a", "\n", "İ", "ß"]
)


@st.composite
def inline(draw, depth=2):
    parts = []
    for _number in range(draw(st.integers(0, 6))):
        if depth and draw(st.booleans()):
            tag = draw(st.sampled_from(["b", "i", 'a id="a1"', "code"]))
            parts.append(f"<{tag}>{draw(inline(depth=depth - 1))}</{tag.split()[0]}>")
        elif draw(st.booleans()):
            parts.append("<br/>")
        else:
            text = "".join(draw(st.lists(WORDS, max_size=8)))
            parts.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return "".join(parts)


@given(inline())
def test_without_the_marks_it_is_the_source_again(text):
    source = normalise_inline(text)
    marked = marked_source(source, MILL)
    assert without_marks(marked) == as_shown(source)
    # Marks hold text alone: they never cross a tag.
    assert "".join(found for _forms, found in marks(marked)).count("<") == 0
    assert marked.count("<mark") == len(marks(marked)) == marked.count("</mark>")


@pytest.mark.django_db
class TestFromTheGlossary:
    @pytest.fixture(autouse=True)
    def terms(self, site):
        mill = make_term("mill", variants="windmill")
        make_term(
            "moulin",
            lang="fr",
            translation_of=mill,
            variants="moulinet",
            forbidden="usine",
            note="Pas l’industrie.",
        )
        make_term("CIGL", do_not_translate=True)
        make_term("hidden", publish=False)

    def test_terms_carry_their_forms_in_the_other_language(self):
        (mill, cigl) = terms_shown("Windmills of the CIGL, a mill, hidden", term_index("en", "fr"))
        assert (mill.written, mill.forms, mill.forbidden) == ("Windmills", ("moulin", "moulinet"), ("usine",))
        assert mill.note == "Pas l’industrie."
        assert (cigl.written, cigl.forms, cigl.keep) == ("CIGL", (), True)
        assert [term.written for term in terms_shown("un moulin", term_index("fr", "en"))] == ["moulin"]

    def test_no_query_until_the_site_changes(self):
        bump_stamp()
        with CaptureQueriesContext(connection) as asked:
            first = term_index("en", "fr")
            term_index("fr", "en")
        assert len(asked) == 1
        with CaptureQueriesContext(connection) as asked:
            assert term_index("en", "fr") is first
        assert len(asked) == 0
        make_term("plan")
        assert term_index("en", "fr") is not first
        assert glossary() is glossary()
