"""Screens of the translation library, with the rights of our roles: its own ask for too few."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.models import Locale, Page
from wagtail_localize.views.convert import convert_to_alias as localize_convert_to_alias
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitSnippetTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from cms.accounts.rights import may_publish, may_translate_into


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """It replaces what readers see, at once: the library asks only for the right to edit."""
    if not may_publish(request.user, get_object_or_404(Page, pk=page_id)):
        raise PermissionDenied
    return localize_convert_to_alias(request, page_id)


class UpdateTranslations(UpdateTranslationsView):
    """“Publish immediately” is for who may publish every one of the translations."""

    def get_form(self):
        form = super().get_form()
        rows = self.object.translations.filter(enabled=True)
        if not all(may_publish(self.request.user, row.get_target_instance()) for row in rows):
            form.fields["publish_translations"].disabled = True
        return form


class InOwnLanguages:
    """Into the languages whose pages one may edit, and of a draft only by who may read it."""

    def get_form(self):
        form = super().get_form()
        form.fields["locales"].queryset = form.fields["locales"].queryset.filter(
            pk__in=[row.pk for row in Locale.objects.all() if may_translate_into(self.request.user, row)]
        )
        return form


class SubmitPage(InOwnLanguages, SubmitPageTranslationView):
    def get_object(self):
        page = super().get_object()
        if not page.live and not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page


class SubmitSnippet(InOwnLanguages, SubmitSnippetTranslationView):
    pass
