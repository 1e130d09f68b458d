"""What a text changes, as its author and those who decide see it."""

from cms.wiki.diff_display import shown
from cms.wiki.diff_display.values import ShownDiff
from cms.wiki.diffs import PageDiff, compare
from cms.wiki.models import Submission
from cms.wiki.queries.pages import standing_content
from cms.wiki.rules import PUBLISHED
from cms.wiki.texts import content_text


def change_of(submission: Submission) -> PageDiff:
    """The difference between what stands now and the submitted text; of a published one, what it changed then."""
    model = submission.page.specific_class
    published = submission.state == PUBLISHED
    before = submission.base_text if published else standing_content(submission.page)
    return compare(content_text(model, before), content_text(model, submission.content))


def change_to(submission: Submission, user) -> ShownDiff:
    """The same in words, for somebody who may see drafts."""
    return shown(change_of(submission), submission.page.locale.language_code, user, drafts=True)
