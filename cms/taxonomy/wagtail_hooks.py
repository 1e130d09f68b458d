from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.core.entry_admin import MENU_HOOK, EntryViewSet, WithinColumn
from cms.taxonomy.models import Organisation, Person, Territory, Theme

# A tree in the admin is as deep as this: continent, country, region, area, city.
ABOVE = ("parent", "parent__parent", "parent__parent__parent", "parent__parent__parent__parent")


def in_tree_order(rows, *columns: str):
    """Each entry after the one it lies in: sorted by the path of its `columns`, from the top down."""

    def said(prefix: str = ""):
        return [Cast(F(prefix + column), CharField()) for column in columns]

    # U+0001 sorts before every letter, so that what lies within “Niger” comes before “Nigeria”.
    path = [
        Case(
            When(**{f"{above}__isnull": False}, then=Concat(*said(f"{above}__"), Value("\x01"))),
            default=Value(""),
            output_field=CharField(),
        )
        for above in reversed(ABOVE)
    ]
    return rows.annotate(tree_path=Concat(*path, *said(), Value("\x01"), output_field=CharField())).order_by(
        "tree_path", "pk"
    )


class ThemeViewSet(EntryViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Themes")
    menu_order = 10
    columns = (WithinColumn(_("under")), "order")
    list_filter = ["live"]
    related = ABOVE

    def get_queryset(self, request):
        return in_tree_order(super().get_queryset(request), "name")


class TerritoryViewSet(EntryViewSet):
    model = Territory
    icon = "globe"
    menu_label = _("Territories")
    menu_order = 20
    columns = (
        WithinColumn(_("within")),
        Column("get_kind_display", label=_("kind"), sort_key="kind"),
        "iso_code",
    )
    list_filter = ["kind", "live"]
    related = ABOVE

    def get_queryset(self, request):
        return in_tree_order(super().get_queryset(request), "name")


class OrganisationViewSet(EntryViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 30
    columns = ("acronym", "territory")
    list_filter = ["live"]
    related = ("territory",)


class PersonViewSet(EntryViewSet):
    model = Person
    icon = "user"
    menu_label = _("People")
    menu_order = 40
    columns = ("sort_name", "territory")
    list_filter = ["live"]
    related = ("territory",)


class SharedEntries(SnippetViewSetGroup):
    """The menu of all shared entries. Other apps add theirs by the hook."""

    menu_label = _("Shared entries")
    menu_name = "shared-entries"
    menu_icon = "list-ul"
    menu_order = 250
    submenu_hook = MENU_HOOK
    items = (ThemeViewSet, TerritoryViewSet, OrganisationViewSet, PersonViewSet)


register_snippet(SharedEntries)
