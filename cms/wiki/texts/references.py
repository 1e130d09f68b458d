"""What stands for a row of the database in a text: `page:3`, `document:4`, `image:5`, `taxonomy.person:12`."""

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page


def prefix_of(model: type[Model]) -> str:
    """All types of pages are `page`: a link does not know which type it leads to."""
    if issubclass(model, Page):
        return "page"
    if issubclass(model, get_document_model()):
        return "document"
    if issubclass(model, get_image_model()):
        return "image"
    return model._meta.label_lower


def reference(model: type[Model], key: object) -> str:
    return f"{prefix_of(model)}:{key}"
