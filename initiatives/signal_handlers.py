"""What happens to a document when Wagtail publishes it."""

from initiatives.models import Document
from initiatives.services import give_reference_code


def on_page_published(sender, instance, **kwargs) -> None:
    if isinstance(instance, Document):
        give_reference_code(instance)
