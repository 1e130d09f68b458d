from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferenceConfig(AppConfig):
    name = "cms.reference"
    label = "reference"
    verbose_name = _("Reference")

    def ready(self) -> None:
        from cms.core.entry_pages import register_entry_page
        from cms.reference.models import BibliographyEntry, GlossaryTerm
        from cms.reference.views.bibliography import work_context
        from cms.reference.views.glossary import term_context

        register_entry_page(GlossaryTerm, "reference:term", term_context)
        register_entry_page(BibliographyEntry, "reference:work", work_context)
