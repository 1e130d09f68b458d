from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet

from cms.core.entry_admin import EntryViewSet
from cms.reference.models import BibliographyEntry, GlossaryTerm


class GlossaryTermViewSet(EntryViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 50
    columns = ("do_not_translate",)
    list_filter = ["do_not_translate", "live"]


class BibliographyEntryViewSet(EntryViewSet):
    model = BibliographyEntry
    icon = "doc-full"
    menu_label = _("Bibliography")
    menu_order = 60
    columns = (
        Column("authors", label=_("authors"), accessor=lambda entry: ", ".join(entry.author_list)),
        "year",
        Column("get_kind_display", label=_("kind"), sort_key="kind"),
    )
    list_filter = ["kind", "language", "live"]


register_snippet(GlossaryTermViewSet)
register_snippet(BibliographyEntryViewSet)
