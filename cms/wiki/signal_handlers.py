"""What follows when Wagtail publishes a page or a workflow ends, whatever screen or command it came from."""

from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from cms.wiki.services.moderation import published_elsewhere, stopped_elsewhere
from cms.wiki.services.publication import record_publication


def on_page_published(sender, instance, revision=None, **kwargs) -> None:
    # An alias shows the text of another page, whose copy is taken there.
    if not kwargs.get("alias"):
        record_publication(instance, revision)
        published_elsewhere(instance, revision.pk if revision else None)


def on_workflow_cancelled(sender, instance, user=None, **kwargs) -> None:
    # The wiki's own verbs take the submission out of review before they end the workflow.
    if isinstance(instance.content_object, Page):
        stopped_elsewhere(instance, user)


# Wagtail's own mails about workflows, by the names under which it connects them.
WORKFLOW_MAILS = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)


def silence_workflow_mails() -> None:
    """Take the places of Wagtail's mails: ours say more, in the reader's language, as often as they wish.

    Holds whether Wagtail's app is ready before or after this: a place is given once.
    """
    for signal, sender, name in WORKFLOW_MAILS:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(say_nothing, sender=sender, dispatch_uid=name)


def say_nothing(sender, **kwargs) -> None:
    """Stands where Wagtail would send a mail."""
