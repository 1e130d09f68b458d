"""Whom the wiki tells what, and when. Filled by the notifications of the site."""

from cms.wiki.models import Submission, Suggestion


def submitted(submission: Submission) -> None:
    """To those who decide."""


def overtaken(submission: Submission) -> None:
    """To the author: the page changed in the same places, choose by field."""


def decided(submission: Submission) -> None:
    """To the author, and with a reason to everybody who contributed since the last publication."""


def overdue(submission: Submission) -> None:
    """To all editors, once: a text has waited longer than the site promises."""


def suggested(suggestion: Suggestion) -> None:
    """To those who decide on the page."""
