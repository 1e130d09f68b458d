from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("Documents and collections")

    def ready(self):
        from wagtail.signals import page_published

        from cms.core.mailing import register_composer
        from cms.core.page_cache.moments import register_moments
        from cms.core.page_cache.shown import register_unshown_tables
        from cms.core.scheduling import register_tick
        from cms.core.serving import register_context
        from initiatives.history import register as register_history
        from initiatives.mails import COMPOSER, compose
        from initiatives.models import CallReply, Collection, CollectionIndex, Document
        from initiatives.queries.calls import next_deadline
        from initiatives.queries.events import next_event_passes
        from initiatives.referrers import register as register_referrers
        from initiatives.services import forget_old_replies
        from initiatives.signal_handlers import on_page_published
        from initiatives.views.collection import collection_context, collections_context
        from initiatives.views.document import document_context

        page_published.connect(on_page_published, dispatch_uid="initiatives.reference_code")
        register_context(Document, document_context)
        register_context(Collection, collection_context)
        register_context(CollectionIndex, collections_context)
        register_unshown_tables(CallReply._meta.db_table)
        register_moments(next_deadline)
        register_moments(next_event_passes)
        register_composer(COMPOSER, compose)
        register_tick("initiatives: forget old answers to calls", forget_old_replies)
        register_referrers()
        register_history()
