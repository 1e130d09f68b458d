"""What a page shows is built by its app's views; models stay free of them.

An app registers the builder in `ready()`: `register_context(Document, document_context)`. Wagtail then serves
and previews the page as usual, with everything the builder adds.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page, PageViewRestriction

from cms.core.page_cache.decorators import mark_public
from cms.core.visibility import restricted_paths

ContextBuilder = Callable[[Page, HttpRequest], dict]
_builders: dict[type[Page], ContextBuilder] = {}


def register_context(model: type[Page], builder: ContextBuilder) -> None:
    """From now on `builder(page, request)` completes the template context of pages of `model` and its heirs."""
    _builders[model] = builder


class ServedPage:
    """Mixed into page models, before `Page`."""

    # What the page shows stands in the object and not in the database: a preview, an earlier version.
    is_in_memory = False

    def serve(self, request, *args, **kwargs) -> HttpResponse:
        """As Wagtail does, and the same for everyone: the answer may be kept.

        Wagtail's own hook makes the answer private again where a view restriction applies, and previews do
        not come this way.
        """
        response = super().serve(request, *args, **kwargs)
        mark_public(response)
        return response

    def get_view_restrictions(self):
        """As Wagtail's, without its query where no restriction stands above this page."""
        if self.path and not self.path.startswith(restricted_paths()):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        for model in type(self).__mro__:
            if model in _builders:
                context.update(_builders[model](self, request))
                break
        return context


def version_response(page: Page, request: HttpRequest, shown: dict) -> HttpResponse:
    """An earlier version of a page, as the page looks. `shown` is added to its context."""
    page.is_in_memory = True
    return render(request, page.get_template(request), {**page.get_context(request), **shown})
