"""Files of translations for the tests of both formats: made by hand, and made up."""

from dataclasses import replace

from hypothesis import strategies as st

from cms.translations.formats import CHANGED, DRAFT, MISSING, PUBLISHED, OutgoingFile, OutgoingUnit
from cms.translations.inline import normalise_inline
from cms.translations.segments import segment_key

WORK = "0f0e7b1c-0000-4000-8000-000000000001"

# Whatever a text may hold but half characters and NUL, which no database keeps.
ANYTHING = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
AWKWARD = st.sampled_from(
    list("\"'\\\n\r\t\v\f\b\x01\x1c\x85\u2028\u200f\u202e\ufeff\uffff😀&<>#~| ") + ["\\n", "]]>"]
)
# What the translators' tools imitated here do not themselves break.
ORDINARY = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])


def texts(letters=ANYTHING, max_size=12):
    """Canonical inline HTML."""
    words = st.lists(st.one_of(letters, AWKWARD) if letters is ANYTHING else letters, max_size=max_size)
    escaped = words.map("".join).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    )
    tags = st.sampled_from(["b", "i", "em", "strong", "code", "abbr", 'a id="a1"', 'a id="a2"'])
    return st.recursive(
        escaped,
        lambda inner: st.one_of(
            st.tuples(tags, inner).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"),
            st.tuples(inner, inner).map("<br/>".join),
            st.tuples(inner, inner).map("".join),
        ),
        max_leaves=5,
    ).map(normalise_inline)


@st.composite
def files(draw, letters=ANYTHING, states=(MISSING, DRAFT, PUBLISHED)):
    units = draw(
        st.lists(
            st.builds(
                unit,
                path=st.sampled_from(["title", "body.11111111-0000-0000-0000-000000000001", "a.b.c d"]),
                source=texts(letters).filter(bool),
                target=texts(letters),
                note=st.text(letters, max_size=10),
                state=st.sampled_from(states),
                previous_source=texts(letters),
            ),
            min_size=1,
            max_size=4,
            unique_by=lambda each: each.key,
        )
    )
    return replace(file(*units), title=draw(st.text(letters, max_size=10)))


def unit(path="title", source="Hello", target="", **more):
    return OutgoingUnit(segment_key(path, source), path, source, target, **more)


def file(*units, **more):
    given = {"work": WORK, "title": "A mill", "source_language": "en", "target_language": "pt-br"}
    return OutgoingFile(**{**given, "source_version": 7, "units": units, **more})


def words(read):
    """What matters of units, of a file that goes out as of one that came in."""
    return [(each.key, each.path, each.source, each.target) for each in read.units]


def only(read):
    (found,) = read.units
    return found


def complaint(read):
    """The message of a file of which nothing could be taken, for one reason."""
    assert not read.units
    (problem,) = read.problems
    return problem.message


CHANGED_UNIT = unit(
    "body.1", "The <b>new</b> mill", "Le <b>vieux</b>", state=CHANGED, previous_source="The old"
)
