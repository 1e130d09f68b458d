"""The editor's menu: Wagtail calls attached files documents, and here a document is a page."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("construct_main_menu")
def name_attached_files(request, menu_items) -> None:
    for item in menu_items:
        if item.name == "documents":
            item.label = _("Attached files")
