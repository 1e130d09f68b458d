"""What follows when Wagtail publishes a page or a workflow ends, whatever screen or command it came from."""

from cms.wiki.services.publication import record_publication


def on_page_published(sender, instance, revision=None, **kwargs) -> None:
    # An alias shows the text of another page, whose copy is taken there.
    if not kwargs.get("alias"):
        record_publication(instance, revision)
