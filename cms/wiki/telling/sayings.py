"""What the words of several kinds have in common."""

from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.languages import open_language_codes
from cms.wiki.addresses import address
from cms.wiki.version_words import significance_name


def reader_address(name: str, *numbers: int) -> str:
    """`address` in the reader's language, or in one that is open: mails are written in others too."""
    language, open_codes = translation.get_language(), open_language_codes()
    with translation.override(language if language in open_codes or not open_codes else open_codes[0]):
        return address(name, *numbers)


def foreign(language: str) -> str:
    """The language of a text, where it is not the reader's."""
    return "" if language == translation.get_language() else language


def what_changed(data: dict) -> str:
    """The author's own words on the change, and how much it changes."""
    significance = significance_name(data["significance"])
    if not data["summary"]:
        return significance
    return _("“%(summary)s” (%(significance)s)") % {"summary": data["summary"], "significance": significance}


def sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)
