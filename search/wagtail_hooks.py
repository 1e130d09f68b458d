"""What the search adds to Wagtail's screens."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.translations.queries.rights import is_administrator


class AdministratorsItem(MenuItem):
    def is_shown(self, request) -> bool:
        return is_administrator(request.user)


@hooks.register("register_reports_menu_item")
def lead_to_unfound():
    return AdministratorsItem(
        _("Searches without results"),
        reverse("search_unfound"),
        icon_name="search",
        name="unfound",
        order=900,
    )


@hooks.register("register_reports_menu_item")
def lead_to_files():
    return AdministratorsItem(
        _("Files that cannot be searched"),
        reverse("search_files"),
        icon_name="doc-full",
        name="unread",
        order=910,
    )
