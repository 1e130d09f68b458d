"""What a text changes, as its author and those who decide see it."""

from cms.wiki.diff_display import shown
from cms.wiki.diff_display.values import ShownDiff
from cms.wiki.diffs import PageDiff, compare
from cms.wiki.models import Submission
from cms.wiki.queries.pages import standing_content
from cms.wiki.texts import content_text


def change_of(submission: Submission) -> PageDiff:
    """The difference between what stands now and the submitted text. Asks nothing but the page's own text."""
    model = submission.page.specific_class
    return compare(
        content_text(model, standing_content(submission.page)), content_text(model, submission.content)
    )


def change_to(submission: Submission, user) -> ShownDiff:
    """The same in words, for somebody who may see drafts."""
    return shown(change_of(submission), submission.page.locale.language_code, user, drafts=True)
