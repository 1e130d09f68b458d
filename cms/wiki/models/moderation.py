"""A submission: somebody's text for a page, from draft to decision. And the one task that decides on it."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState

from cms.wiki.deciders import decides_on_all, is_decider, verdict_on
from cms.wiki.hindrances import refuse_while_hindered
from cms.wiki.rules import ADDITION, CHANGES_REQUESTED, DRAFT, OPEN_STATES, SIGNIFICANCES, STATES, SUBMITTED


class Submission(models.Model):
    """One person's text for one page.

    Wagtail keeps one line of drafts and one workflow a page; here each author has a text of their own, so that
    several can work on a page. One submission is in the page's workflow (`revision` is set then), the others
    wait for their turn.
    """

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="submissions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="submissions",
    )
    author_name = models.CharField(max_length=120, blank=True)
    suggestion = models.ForeignKey(
        "wiki.Suggestion", models.SET_NULL, null=True, blank=True, related_name="submissions"
    )
    # What the text was written from; None for a page that was never public.
    base = models.ForeignKey(
        "wiki.PublishedRevision", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The draft it was written from: of a page that was never public, or where it met another's in the line of drafts.
    base_content = models.JSONField(encoder=DjangoJSONEncoder, null=True, blank=True)
    reverts_to = models.ForeignKey(
        "wiki.PublishedRevision", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    content = models.JSONField(encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=STATES, default=DRAFT, db_index=True)
    summary = models.CharField(max_length=300, blank=True)
    significance = models.CharField(max_length=12, choices=SIGNIFICANCES, default=ADDITION)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_alone = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    # Names of others whose words are in the text: a reader who suggested them, an editor who revised it.
    co_authors = models.JSONField(default=list, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    # The text as it stands in Wagtail's line of drafts while the editors look at it.
    revision = models.ForeignKey(
        "wagtailcore.Revision", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "author"],
                condition=models.Q(state__in=OPEN_STATES),
                name="wiki_one_open_submission",
            ),
            models.UniqueConstraint(
                fields=["page"],
                condition=models.Q(state=SUBMITTED, revision__isnull=False),
                name="wiki_one_submission_in_review",
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="wiki_queue")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.author_name} ({self.state})"

    @property
    def base_text(self) -> dict:
        """The text it was written from; empty where none is known."""
        return self.base.content if self.base else self.base_content or {}

    @property
    def met_a_draft(self) -> bool:
        """Whether it was kept apart from another's unpublished text of a public page, and is to be joined with it."""
        return self.base_id is not None and self.base_content is not None

    @property
    def public_base(self) -> dict:
        """What readers saw of the page when it was written; empty where the page had never been public."""
        return self.base.content if self.base else {}

    @property
    def is_in_review(self) -> bool:
        return self.state == SUBMITTED and self.revision_id is not None

    @property
    def waits_for_others(self) -> bool:
        return self.state == SUBMITTED and self.revision_id is None

    @property
    def is_with_author(self) -> bool:
        return self.state in (DRAFT, CHANGES_REQUESTED)


class ModerationTask(Task):
    """The one step of the one workflow: a translation goes to its language's reviewers, an original to the editors.

    Stands on every page and every shared entry. Who decides is asked of the object (`cms.wiki.deciders`); for
    pages, every decision, whatever screen it comes from, passes through `decide_page`.
    """

    # (task_state, user, action, reason): set by the app's `ready()`, since what it does lies above the models.
    decide_page: Callable[..., None] | None = None

    class Meta:
        verbose_name = _("moderation")
        verbose_name_plural = _("moderation")

    @classmethod
    def get_description(cls) -> str:
        return gettext(
            "Editors decide on originals, language reviewers on translations, nobody on their own."
        )

    def user_can_access_editor(self, obj, user) -> bool:
        return is_decider(obj, user)

    def locked_for_user(self, obj, user) -> bool:
        """Authors of pages have texts of their own; the text under review is for those who decide on it."""
        if isinstance(obj, Page) and obj.live:
            return False
        return not is_decider(obj, user)

    def user_can_lock(self, obj, user) -> bool:
        return is_decider(obj, user)

    def user_can_unlock(self, obj, user) -> bool:
        return is_decider(obj, user)

    def get_actions(self, obj, user):
        state = obj.current_workflow_task_state
        author = state.workflow_state.requested_by_id if state else None
        if not verdict_on(obj, user, author).allowed:
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve and publish"), False),
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr)
        if user.is_superuser or decides_on_all(user):
            return states
        return states.none()

    def on_action(self, task_state, user, action_name, **kwargs):
        """Decide. Raises `PermissionDenied` where `user` may not, whatever screen the decision comes from."""
        obj = task_state.workflow_state.content_object
        if not verdict_on(obj, user, task_state.workflow_state.requested_by_id).allowed:
            raise PermissionDenied
        if isinstance(obj, Page) and type(self).decide_page is not None:
            type(self).decide_page(task_state, user, action_name, kwargs.get("comment", ""))
        else:
            if action_name == "approve":
                refuse_while_hindered(obj)
            super().on_action(task_state, user, action_name, **kwargs)
