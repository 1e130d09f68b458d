from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    name = "cms.taxonomy"
    label = "taxonomy"
    verbose_name = _("Taxonomy")

    def ready(self) -> None:
        from cms.core.entry_pages import register_entry_page
        from cms.taxonomy.models import Organisation, Person, Territory, Theme
        from cms.taxonomy.views import details

        register_entry_page(Person, "taxonomy:person", details.person_context)
        register_entry_page(Organisation, "taxonomy:organisation", details.organisation_context)
        register_entry_page(Territory, "taxonomy:territory", details.territory_context)
        register_entry_page(Theme, "taxonomy:theme", details.theme_context)
