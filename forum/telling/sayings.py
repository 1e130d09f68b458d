"""What the words of several kinds have in common."""

from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.languages import open_language_codes
from forum.mail_text import for_excerpt

EXCERPT = 500  # characters
EXCERPT_LINES = 10


def page_language() -> str:
    """The reader's language, or one that is open: mails are written in others too."""
    language, open_codes = translation.get_language(), open_language_codes()
    return language if language in open_codes or not open_codes else open_codes[0]


def foreign(language: str) -> str:
    """The language of a text, where it is not the reader's."""
    return "" if language == translation.get_language() else language


def excerpt(html: str) -> str:
    """The beginning of a rendered post in plain text, cut between words."""
    lines = for_excerpt(html).splitlines()
    text = "\n".join(lines[:EXCERPT_LINES])
    if len(text) > EXCERPT:
        cut = text[: EXCERPT - 1]
        text = cut[: cut.rfind(" ") if cut.rfind(" ") > EXCERPT // 2 else None].rstrip()
    elif len(lines) <= EXCERPT_LINES:
        return text
    return f"{text} …"


def name_of(author: str) -> str:
    return author or _("A former member")
