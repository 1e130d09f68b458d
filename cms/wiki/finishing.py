"""What Wagtail does at the end of the workflow. It imports this while models load, hence without any of them."""

from typing import Any

from django.apps import apps

from cms.wiki.rules import PUBLISHED


def publish_reviewed(workflow_state, user=None) -> None:
    """Publish the text that was approved, not whichever was saved last (`WAGTAIL_FINISH_WORKFLOW_ACTION`)."""
    obj = workflow_state.content_object
    page_model, submission_model = apps.get_model("wagtailcore.Page"), apps.get_model("wiki.Submission")
    approved = None
    if isinstance(obj, page_model):
        approved = (
            submission_model.objects.filter(page_id=obj.pk, state=PUBLISHED, revision__isnull=False)
            .select_related("revision")
            .order_by("-decided_at")
            .first()
        )
    revision: Any = approved.revision if approved else obj.get_latest_revision()
    # Whether `user` may decide was asked by the task: a language's reviewers publish nothing but what they approve.
    revision.publish(user=user, skip_permission_checks=True)
