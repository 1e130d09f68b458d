"""How shared entries are listed in the editor: the same menu and the same columns for all of them."""

from django import forms
from django.db.models import Min, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, LocaleColumn, UpdatedAtColumn
from wagtail.models import TranslatableMixin
from wagtail.snippets.views.chooser import (
    BaseSnippetChooseView,
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)
from wagtail.snippets.views.snippets import SnippetViewSet

MENU_HOOK = "register_shared_entries_menu_item"
INDENT = "\u2003"  # em space


def named(rows: QuerySet, asked: str) -> QuerySet:
    """The entries of `rows` whose name, in any language, or key contains `asked`."""
    model = rows.model
    condition = Q(**{f"{model.key_source}__icontains": asked})
    if key := slugify(asked):
        # Keys have no accents: “economie” finds “Économie”.
        condition |= Q(slug__contains=key)
    if not issubclass(model, TranslatableMixin):
        return rows.filter(condition)
    return rows.filter(
        translation_key__in=model._base_manager.filter(condition).order_by().values("translation_key")
    )


class EntrySearchForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Name, in any language")}),
        required=False,
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        return named(objects, self.search_query) if self.is_searching else objects


class OneOfEach(BaseSnippetChooseView):
    """Each entry once: named in the editor's language, else in another. What a link means is the entry."""

    filter_form_class = EntrySearchForm

    def get_object_list(self) -> QuerySet:
        rows = super().get_object_list()
        if not issubclass(rows.model, TranslatableMixin):
            return rows
        own = rows.filter(locale__language_code=get_language()).order_by()
        others = rows.exclude(translation_key__in=own.values("translation_key")).order_by()
        first = others.values("translation_key").annotate(first=Min("pk")).values("first")
        return rows.filter(Q(pk__in=own.values("pk")) | Q(pk__in=first))


class EntryChooseView(OneOfEach, ChooseView):
    pass


class EntryChooseResultsView(OneOfEach, ChooseResultsView):
    pass


class EntryChooserViewSet(SnippetChooserViewSet):
    choose_view_class = EntryChooseView
    choose_results_view_class = EntryChooseResultsView


class EntryViewSet(SnippetViewSet):
    """An entry in the menu “Shared entries”, whichever app it belongs to."""

    menu_hook = MENU_HOOK
    columns: tuple = ()
    list_per_page = 50
    export_filename = "entries"
    copy_view_enabled = False  # a copy would have the same key
    related: tuple[str, ...] = ()  # keys to follow, so that a list asks once
    chooser_viewset_class = EntryChooserViewSet
    # The list is in an order no search server knows, and a few hundred names need none.
    search_backend_name = None

    @cached_property
    def search_fields(self) -> list:
        return [self.model.key_source, "slug"]

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
