"""Every check, in the order in which its findings are shown."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from cms.translations.terms import TermIndex

from .brackets import brackets_unbalanced, quotes_unbalanced
from .extent import strange_length, too_long
from .findings import ERROR, WARNING, Finding, Level, Note
from .formatting import formatting_lost, tags_not_allowed
from .glossary import terms_forbidden, terms_missing
from .links import links_lost, links_repeated, links_silent, links_unknown
from .numbers import numbers_differ
from .pair import Pair, is_blank
from .punctuation import end_differs, foreign_question_mark, french_spacing, spanish_opening_marks
from .wording import double_space, inconsistent, outer_space, repeated_word, same_as_source

EMPTY = "empty"


class Check(NamedTuple):
    code: str
    level: Level
    find: Callable[[Pair], Iterable[Note]]
    # Also where the source was taken over word for word: what else would be found there is the source's.
    of_untranslated: bool = False


CHECKS = (
    Check("link_lost", ERROR, links_lost, of_untranslated=True),
    Check("link_unknown", ERROR, links_unknown, of_untranslated=True),
    Check("link_repeated", ERROR, links_repeated, of_untranslated=True),
    Check("link_silent", ERROR, links_silent, of_untranslated=True),
    Check("markup", ERROR, tags_not_allowed, of_untranslated=True),
    Check("too_long", ERROR, too_long, of_untranslated=True),
    Check("term_forbidden", ERROR, terms_forbidden, of_untranslated=True),
    Check("same_as_source", WARNING, same_as_source, of_untranslated=True),
    Check("numbers", WARNING, numbers_differ),
    Check("end_punctuation", WARNING, end_differs),
    Check("spanish_marks", WARNING, spanish_opening_marks),
    Check("question_mark", WARNING, foreign_question_mark),
    Check("french_spacing", WARNING, french_spacing),
    Check("brackets", WARNING, brackets_unbalanced),
    Check("quotes", WARNING, quotes_unbalanced),
    Check("length", WARNING, strange_length),
    Check("term_missing", WARNING, terms_missing),
    Check("inconsistent", WARNING, inconsistent, of_untranslated=True),
    Check("double_space", WARNING, double_space),
    Check("outer_space", WARNING, outer_space, of_untranslated=True),
    Check("repeated_word", WARNING, repeated_word),
    Check("formatting", WARNING, formatting_lost, of_untranslated=True),
)
CODES = {EMPTY: ERROR, **{row.code: row.level for row in CHECKS}}


def check(
    source: str,
    target: str,
    *,
    source_language: str,
    target_language: str,
    terms: TermIndex | None = None,
    longest: int | None = None,
    others: Mapping[str, str] | None = None,
) -> list[Finding]:
    """What is to be said of `target`, errors first. Texts are inline HTML; never raises, whatever they are.

    `terms` are those of the source language, `longest` is in characters of plain text, `others` maps source
    texts to the translations they have elsewhere in the same work.
    """
    pair = Pair(source, target, source_language, target_language, terms, longest, others or {})
    if is_blank(pair.target_plain) and not pair.target_markup.links:
        if is_blank(pair.source_plain):
            return []
        return [Finding(EMPTY, ERROR, _("There is no translation yet."), "")]
    return [
        Finding(row.code, row.level, note.message, note.detail)
        for row in CHECKS
        if row.of_untranslated or not pair.is_untranslated
        for note in row.find(pair)
    ]
