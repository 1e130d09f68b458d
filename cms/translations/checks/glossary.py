"""The terms of the glossary."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cms.translations.terms import forbidden_forms, missing_terms

from .findings import Note
from .pair import Pair


def terms_forbidden(pair: Pair) -> Iterator[Note]:
    if pair.terms is None:
        return
    text = pair.target_plain
    found = forbidden_forms(text, pair.source_plain, pair.terms, pair.target_code)
    for term, written in {form.term: text[form.start : form.end] for form in found}.items():
        if better := term.target_forms[:1] or (term.forms[:1] if term.keep else ()):
            message = _("The glossary asks not to use “%(form)s” here, but “%(better)s”.")
        else:
            message = _("The glossary asks not to use “%(form)s” here.")
        yield Note(message % {"form": written, "better": "".join(better)}, term.key)


def terms_missing(pair: Pair) -> Iterator[Note]:
    if pair.terms is None:
        return
    for term in missing_terms(pair.source_plain, pair.target_plain, pair.terms, pair.target_code):
        wanted = term.target_forms[:3] or term.forms[:1]
        yield Note(
            _("The glossary translates “%(term)s” as “%(wanted)s”.")
            % {"term": term.forms[0], "wanted": "”, “".join(wanted)},
            term.key,
        )
