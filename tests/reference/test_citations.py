"""A work cited as the reader's language does it."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.reference.citations import STYLES, Work, citation, html, names, plain, sorting_key

REPORT = Work(
    title="Third pillar",
    authors=("Andrieu, Éric", "Conseil économique et social"),
    year=2009,
    publisher="CESE",
    place="Bruxelles",
    kind="report",
    language="en",
)
line = st.text(max_size=30)
works = st.builds(
    Work,
    title=st.text(min_size=1, max_size=30).filter(str.strip),  # the model asks for one
    authors=st.lists(line, max_size=6).map(tuple),
    subtitle=line,
    year=st.none() | st.integers(1, 9999),
    publisher=line,
    place=line,
    kind=st.sampled_from(["book", "article", "presentation", "website"]),
    url=st.just("") | line,
    language=st.sampled_from(["", "en", "fr", "ar"]),
)
languages = st.sampled_from([*STYLES, "xx"])


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "Andrieu, Éric and Conseil économique et social (2009). Third pillar. Bruxelles: CESE.",
        ),
        (
            "fr",
            "Andrieu, Éric et Conseil économique et social (2009). Third pillar. Bruxelles\u00a0: CESE.",
        ),
        ("es", "Andrieu, Éric y Conseil économique et social (2009). Third pillar. Bruxelles: CESE."),
    ],
)
def test_a_report_in_each_language(language, expected):
    assert plain(REPORT, language) == expected


@pytest.mark.parametrize(("language", "mark"), [("en", "n.d."), ("fr", "s.\u00a0d."), ("es", "s.\u00a0f.")])
def test_an_unknown_year_is_said(language, mark):
    assert plain(Work("A page"), language) == f"A page ({mark})."
    assert f"({mark})" in plain(Work("A page", authors=("Poirier, Yvon",)), language)


@pytest.mark.parametrize(
    ("language", "quoted"), [("en", "“Why?”"), ("fr", "«\u00a0Why?\u00a0»"), ("es", "«Why?»")]
)
def test_a_part_of_another_work_stands_between_quotation_marks(language, quoted):
    text = plain(Work("Why?", kind="article", publisher="Nous", authors=("A, B",), year=1998), language)
    # A title that ends with a question mark gets no full stop after it.
    assert text == f"A, B (1998). {quoted} Nous."


def test_more_than_three_authors_are_et_al():
    four = ("Poirier, Yvon", "Tremblay, Ann", "Roy, Luc", "Côté, Zoé")
    assert names(four[:3], "en") == "Poirier, Yvon, Ann Tremblay and Luc Roy"
    assert names(four, "en") == "Poirier, Yvon et al."


def test_only_web_addresses_are_given():
    assert plain(Work("T", url="https://example.org/a"), "en", with_address=True).endswith(
        " https://example.org/a"
    )
    assert "javascript" not in plain(Work("T", url="javascript:alert(1)"), "en", with_address=True)


@given(works, languages)
def test_the_parts_are_the_text_on_one_line_and_end_a_sentence(work, language):
    parts = citation(work, language)
    text = "".join(part.text for part in parts)
    assert text == plain(work, language)
    assert not set(text) & set("\r\n\t")
    assert all(part.text for part in parts)
    assert text.rstrip("”»“\u00a0")[-1] in ".?!؟"


class Elements(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.text = [], []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(name for name, _value in attrs)))

    def handle_data(self, data):
        self.text.append(data)


@given(works, languages)
def test_html_has_no_element_but_its_own_and_says_the_same_words(work, language):
    parser = Elements()
    parser.feed(html(work, language))
    parser.close()
    assert {tag for tag, _attributes in parser.found} <= {"cite", "span"}
    assert {name for _tag, attributes in parser.found for name in attributes} <= {"lang"}
    assert "".join(parser.text) == plain(work, language).replace("\0", "\ufffd") or "\0" in plain(
        work, language
    )


@given(st.lists(works, max_size=8), languages, st.randoms())
def test_readers_see_a_bibliography_in_one_order_however_it_was_stored(found, language, random):
    shuffled = random.sample(found, len(found))

    def shown(rows):
        return [plain(work, language) for work in sorted(rows, key=lambda work: sorting_key(work, language))]

    assert shown(shuffled) == shown(found)


def test_works_are_sorted_by_family_name_then_year_the_undated_last():
    old = Work("B", authors=("Élie, Paul",), year=1990)
    new = Work("A", authors=("Élie, Paul",), year=2001)
    undated = Work("A", authors=("Élie, Paul",))
    nobody = Work("Éditions")
    later = Work("A", authors=("Zimmer, A",))
    assert sorted([later, undated, new, old, nobody], key=lambda work: sorting_key(work, "fr")) == [
        nobody,
        old,
        new,
        undated,
        later,
    ]
