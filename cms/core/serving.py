"""What a page shows is built by its app's views; models stay free of them.

An app registers the builder in `ready()`: `register_context(Document, document_context)`. Wagtail then serves
and previews the page as usual, with everything the builder adds.
"""

from collections.abc import Callable

from django.http import HttpRequest
from wagtail.models import Page

ContextBuilder = Callable[[Page, HttpRequest], dict]
_builders: dict[type[Page], ContextBuilder] = {}


def register_context(model: type[Page], builder: ContextBuilder) -> None:
    """From now on `builder(page, request)` completes the template context of pages of `model` and its heirs."""
    _builders[model] = builder


class ServedPage:
    """Mixed into page models, before `Page`."""

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        for model in type(self).__mro__:
            if model in _builders:
                context.update(_builders[model](self, request))
                break
        return context
