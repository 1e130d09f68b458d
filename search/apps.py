from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import pgettext_lazy


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = pgettext_lazy("heading", "Search")

    def ready(self):
        from django.db.models.signals import post_delete, post_migrate, post_save, pre_migrate
        from wagtail.models import CollectionViewRestriction, PageViewRestriction
        from wagtail.signals import (
            page_published,
            page_unpublished,
            post_page_move,
            published,
            unpublished,
        )

        from cms.core.health import register_wished
        from cms.core.page_cache.shown import register_unshown_tables
        from cms.core.scheduling import register_tick
        from forum.tasks import register_follower
        from search.backends.front import SERVER
        from search.health import check_entries_keep_up, check_search_server
        from search.registry import register_source
        from search.services.tending import tend_server
        from search.services.unfound import forget_unfound
        from search.services.waiting import catch_up
        from search.signal_handlers import on_migrated, on_migrating, on_shown_or_hidden
        from search.sources.pages import PageSource
        from search.sources.posts import PostSource, TranslationSource
        from search.sources.shared import shared_sources
        from search.tasks import take_in_changes

        # Answers of the search are not kept.
        register_unshown_tables("search_entry", "search_titles", "search_waiting", "search_words")
        register_unshown_tables("search_built", "search_pending", "search_titleword", "search_unfound")
        register_unshown_tables("search_filetext")
        for source in (PageSource(), *shared_sources(), PostSource(), TranslationSource()):
            register_source(source)
        pre_migrate.connect(on_migrating, sender=self, dispatch_uid="search.triggers")
        post_migrate.connect(on_migrated, sender=self, dispatch_uid="search.triggers")
        page_published.connect(on_shown_or_hidden, dispatch_uid="search.page_published")
        page_unpublished.connect(on_shown_or_hidden, dispatch_uid="search.page_unpublished")
        published.connect(on_shown_or_hidden, dispatch_uid="search.published")
        unpublished.connect(on_shown_or_hidden, dispatch_uid="search.unpublished")
        post_page_move.connect(on_shown_or_hidden, dispatch_uid="search.page_moved")
        for model in (PageViewRestriction, CollectionViewRestriction):
            for signal in (post_save, post_delete):
                signal.connect(on_shown_or_hidden, sender=model, dispatch_uid=f"search.{model.__name__}")
        register_follower(take_in_changes.enqueue)
        register_wished("search entries", check_entries_keep_up)
        register_tick("search: take in what changed", catch_up)
        register_tick("search: forget what nobody looks for", forget_unfound)
        if SERVER in settings.WAGTAILSEARCH_BACKENDS:
            register_wished("search", check_search_server)
            register_tick("search: tell the server what it was not told", tend_server)
