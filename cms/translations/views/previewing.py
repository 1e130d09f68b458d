"""`/admin/translations/<task>/preview/`: the translated page as it would look, in the frame of the editor."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from wagtail.models import PreviewableMixin

from cms.core.page_cache.decorators import PERSONAL
from cms.translations.models import TranslationTask
from cms.translations.services.previewing import previewed
from cms.translations.services.works import SourceGone
from cms.translations.views.reach import for_its_people
from cms.translations.views.sayings import in_words
from cms.wiki.views.framing import framed


@for_its_people
@require_GET
def preview(request: HttpRequest, task: TranslationTask) -> HttpResponse:
    try:
        target = previewed(task)
    except SourceGone as error:
        response = render(
            request, "translations/admin/no_preview.html", {"told": in_words(error)}, status=410
        )
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response
    if not isinstance(target, PreviewableMixin) or not target.is_previewable():
        raise Http404("has no page of its own")
    response = framed(target, request)
    response.headers["Cache-Control"] = PERSONAL
    return response
