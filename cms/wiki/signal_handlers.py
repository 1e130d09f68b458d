"""What follows when Wagtail publishes a page or a workflow ends, whatever screen or command it came from."""

from wagtail.models import Page

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
