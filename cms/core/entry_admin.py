"""How shared entries are listed in the editor: the same menu and the same columns for all of them."""

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn, UpdatedAtColumn
from wagtail.models import TranslatableMixin
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

MENU_HOOK = "register_shared_entries_menu_item"
INDENT = "\u2003"  # em space


class EntryIndexView(IndexView):
    default_ordering = None


class EntryViewSet(SnippetViewSet):
    """An entry in the menu “Shared entries”, whichever app it belongs to."""

    menu_hook = MENU_HOOK
    columns: tuple = ()
    list_per_page = 50
    export_filename = "entries"
    copy_view_enabled = False  # a copy would have the same key
    related: tuple[str, ...] = ()  # keys to follow, so that a list asks once

    @cached_property
    def list_display(self) -> list:
        translated = [LocaleColumn(label=_("Language"))] if issubclass(self.model, TranslatableMixin) else []
        return [self.model.key_source, *self.columns, *translated, UpdatedAtColumn()]

    def get_queryset(self, request):
        rows = self.model._default_manager.all()
        return rows.select_related(*self.related) if self.related else rows


class WithinColumn(Column):
    """Where an entry stands in its tree: what lies above it, from the top down."""

    def __init__(self, label):
        super().__init__("parent", label=label)

    def get_value(self, instance):
        names, above = [], instance.parent
        while above is not None and len(names) < 4:
            names.append(above.name)
            above = above.parent if type(above).parent.is_cached(above) else None
        return format_html("{}", " › ".join(reversed(names)))
