"""Short words for what authors and editors do, through the same verbs as the screens."""

from cms.wiki.content import content_of
from cms.wiki.queries.pages import live_content
from cms.wiki.queries.submissions import open_submission
from cms.wiki.services import Seen, keep_draft, submit_for_review


def text(page, **changes) -> dict:
    """The public text of `page`, or its draft, with some fields changed."""
    page = type(page)._base_manager.get(pk=page.pk)
    return {**(live_content(page) or content_of(page)), **changes}


def write(author, page, seen=None, **changes):
    """`author` saves a text of their own."""
    mine = open_submission(page.pk, author.pk)
    base = {**mine.content, **changes} if mine else text(page, **changes)
    return keep_draft(author, page, base, seen)


def submit(author, page, summary="what changed", significance="addition", **changes):
    submission = write(author, page, **changes)
    return submit_for_review(author, submission.pk, submission.version, summary, significance)


def public(page):
    return type(page)._base_manager.get(pk=page.pk)


def seen(submission) -> Seen:
    return Seen(submission.pk, submission.version, submission.base_id or 0)
