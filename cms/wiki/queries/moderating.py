"""One submitted text as those who decide on it see it."""

from dataclasses import dataclass

from wagtail.models import Page

from cms.wiki.content import page_with, text_in
from cms.wiki.deciders import deciders, decides_on_all, deciding_group, is_decider, verdict_on
from cms.wiki.models import PageProtection, Submission
from cms.wiki.queries.pages import standing_content
from cms.wiki.queries.protection import protection_of
from cms.wiki.queries.submissions import open_submission
from cms.wiki.rules import DECLINED, EDITABLE_STATES, LOCKED, PUBLISHED, SUBMITTED, Verdict
from cms.wiki.wording import who_decides


@dataclass(frozen=True, slots=True)
class UnderReview:
    submission: Submission
    page: Page
    text: dict  # what would be published: with what a moderator changed in it on the way
    before: dict  # what it is compared with
    seen_revision: int | None
    revised_by: str  # who changed the text after it was submitted, "" for nobody
    verdict: Verdict
    own: bool
    decided_by: str  # who decides, in words
    protection: PageProtection | None
    may_revise: bool  # the text itself, in Wagtail's line of drafts
    others: list[Submission]  # texts for the same page that wait too, without their words

    @property
    def shown(self) -> bool:
        """Whether the words are for those who decide: not what its author has taken back, or never handed in."""
        submission = self.submission
        decided = submission.state == DECLINED and submission.decided_by_id is not None
        return submission.state in (SUBMITTED, PUBLISHED) or decided

    @property
    def decidable(self) -> bool:
        return self.submission.is_in_review and self.verdict.allowed

    @property
    def locked(self) -> bool:
        return self.protection is not None and self.protection.level == LOCKED


def readable_submission(user, submission_id: int) -> Submission | None:
    """The submission, if it was handed in and `user` may read it as one who decides; None otherwise."""
    submission = (
        Submission.objects.select_related(
            "page__locale",
            "page__latest_revision__user",
            "author",
            "base__author",
            "decided_by",
            "suggestion",
        )
        # By `id`: a number no database can hold is nothing, and no error.
        .filter(id=submission_id)
        .first()
    )
    if submission is None or submission.submitted_at is None:
        return None
    if not (decides_on_all(user) or is_decider(submission.page.specific, user)):
        return None
    return submission


def under_review(user, submission: Submission) -> UnderReview:
    page = submission.page.specific
    latest = submission.page.latest_revision
    text, revised_by = submission.content, ""
    if submission.is_in_review and latest is not None:
        text = text_in(latest.content)
        if latest.pk != submission.revision_id and latest.user_id != submission.author_id and latest.user:
            revised_by = latest.user.shown_name
    pending = submission.state == SUBMITTED
    return UnderReview(
        submission=submission,
        page=page,
        text=text,
        before=standing_content(page) if pending and page.live else submission.public_base,
        seen_revision=latest.pk if latest is not None else None,
        revised_by=revised_by,
        verdict=verdict_on(page, user, submission.author_id),
        own=submission.author_id == user.pk,
        decided_by=who_decides(
            deciding_group(page, submission.author_id), names_of_deciders(page, submission.author_id)
        ),
        protection=protection_of(page.pk),
        may_revise=may_revise_text(user, page),
        others=other_texts(submission),
    )


def may_revise_text(user, page: Page) -> bool:
    """Whether the editor opens with the text in review: not for those who write texts of their own there."""
    mine = open_submission(page.pk, user.pk)
    return page.permissions_for_user(user).can_publish() and (
        mine is None or mine.state not in EDITABLE_STATES
    )


def names_of_deciders(page: Page, author_id: int | None) -> list[str]:
    """Of those whose part it is to decide on what `author_id` wrote for `page`."""
    people = deciders(page, author_id).exclude(pk=author_id)
    return [shown or name for shown, name in people.values_list("display_name", "username")]


def other_texts(submission: Submission) -> list[Submission]:
    """Texts for the same page that are submitted too, the longest waiting first. One query."""
    return list(
        Submission.objects.filter(page_id=submission.page_id, state=SUBMITTED)
        .exclude(pk=submission.pk)
        .select_related("author")
        .defer("content", "base_content")
        .order_by("submitted_at", "pk")
    )


def proposed_page(review: UnderReview) -> Page:
    """The page as it would be; not saved, and not to be saved."""
    return page_with(review.page, review.text)
