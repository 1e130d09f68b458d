from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from cms.core.page_cache.shown import register_unshown_tables
        from search.registry import register_source
        from search.sources.pages import PageSource
        from search.sources.posts import PostSource
        from search.sources.shared import shared_sources

        # Answers of the search are not kept.
        register_unshown_tables("search_entry", "search_words", "search_titles")
        for source in (PageSource(), *shared_sources(), PostSource()):
            register_source(source)
