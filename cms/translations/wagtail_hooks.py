"""What translations add to Wagtail's screens, and which of the translation library's doors they close there."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_localize.wagtail_hooks import (
    ConvertToAliasPageActionMenuItem,
    RestartTranslationPageActionMenuItem,
    RestartTranslationSnippetActionMenuItem,
    TranslationsReportMenuItem,
)

from cms.translations.queries.rights import is_administrator, may_see_queue

# Buttons of the library in the editor: one gives the page over to the library's editor, which publishes past the
# moderators; the other replaces what readers see with the source's text.
CLOSED_ACTIONS = ("localize-restart-translation", "localize-convert-to-alias")


def never_shown(item, context) -> bool:
    return False


# Taken out of the menus afterwards they would have been asked before, and where a work has two sources one of them
# fails at that.
for action in (
    ConvertToAliasPageActionMenuItem,
    RestartTranslationPageActionMenuItem,
    RestartTranslationSnippetActionMenuItem,
):
    setattr(action, "is_shown", never_shown)  # noqa: B010


@hooks.register("construct_reports_menu")
def without_library_report(request, menu_items):
    menu_items[:] = [item for item in menu_items if not isinstance(item, TranslationsReportMenuItem)]


# Before the library's hooks of the same name.
@hooks.register("before_edit_page", order=-10)
def refuse_library_actions(request, page):
    if request.method == "POST" and any(name in request.POST for name in CLOSED_ACTIONS):
        messages.error(request, _("Translations go through their queue. Nothing was changed."))
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return None


@hooks.register("before_edit_snippet", order=-10)
def refuse_library_actions_on_entries(request, instance):
    if request.method == "POST" and any(name in request.POST for name in CLOSED_ACTIONS):
        messages.error(request, _("Translations go through their queue. Nothing was changed."))
        return redirect("wagtailadmin_home")
    return None


class TranslationsItem(MenuItem):
    def is_shown(self, request) -> bool:
        return may_see_queue(request.user)


@hooks.register("register_admin_menu_item")
def queue_in_menu():
    return TranslationsItem(
        gettext_lazy("Translations"),
        reverse("translations_queue"),
        name="translations",
        icon_name="globe",
        order=155,
    )


class LanguagesItem(MenuItem):
    """Opening and closing languages."""

    def is_shown(self, request) -> bool:
        return is_administrator(request.user)


@hooks.register("register_settings_menu_item")
def lead_to_languages():
    return LanguagesItem(
        gettext_lazy("Languages"),
        reverse("translations_programmes"),
        icon_name="globe",
        name="languages",
        order=50,
    )
