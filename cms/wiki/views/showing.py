"""What a text changes, as its author and those who decide see it."""

from cms.wiki.diff_display import shown
from cms.wiki.diff_display.values import ShownDiff
from cms.wiki.diffs import PageDiff, compare
from cms.wiki.merging import merge
from cms.wiki.models import Submission
from cms.wiki.queries.pages import standing_content
from cms.wiki.rules import OPEN_STATES, PUBLISHED
from cms.wiki.texts import content_text


def change_of(submission: Submission) -> PageDiff | None:
    """The difference between what readers see and the text; of a published one, what it changed then.

    A text under way is joined first with what became public since it was begun, as it will be when it is
    submitted: what others changed meanwhile is not undone by it, and must not look so. None where nothing of the page was public yet: all of the text is new.
    """
    model = submission.page.specific_class
    standing = submission.page.live and submission.state != PUBLISHED
    before = standing_content(submission.page) if standing else submission.public_base
    if not before:
        return None
    after = submission.content
    if standing and submission.state in OPEN_STATES:
        after = merge(submission.base_text, after, before).content
    return compare(content_text(model, before), content_text(model, after))


def change_to(submission: Submission, user) -> ShownDiff | None:
    """The same in words, for somebody who may see drafts."""
    change = change_of(submission)
    if change is None:
        return None
    return shown(change, submission.page.locale.language_code, user, drafts=True)
