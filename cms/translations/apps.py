from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "cms.translations"
    label = "translations"
    verbose_name = _("Translations")

    def ready(self):
        from cms.reference.models import GlossaryTerm
        from cms.taxonomy.models import Organisation, Person, Territory, Theme
        from cms.translations.kinds import register_translated

        for model in (GlossaryTerm, Theme, Territory, Organisation, Person):
            register_translated(model, model._meta.model_name or "", model._meta.verbose_name)
        self.listen()
        self.tell_the_wiki()
        self.register_with_core()

    def listen(self) -> None:
        from django.db.models.signals import post_save, pre_delete
        from wagtail.signals import page_published, page_unpublished, published, unpublished

        from cms.translations import signal_handlers as after
        from cms.translations.kinds import translated_models
        from cms.wiki.models import Submission

        # Those of the apps above are ready before this one, and have registered theirs.
        for model in translated_models():
            pre_delete.connect(after.on_deleted, model, dispatch_uid=f"translations.deleted.{model.__name__}")
        page_published.connect(after.on_page_published, dispatch_uid="translations.page_published")
        page_unpublished.connect(after.on_taken_down, dispatch_uid="translations.page_unpublished")
        published.connect(after.on_entry_published, dispatch_uid="translations.published")
        unpublished.connect(after.on_taken_down, dispatch_uid="translations.unpublished")
        post_save.connect(after.on_submission_saved, Submission, dispatch_uid="translations.submission")

    def tell_the_wiki(self) -> None:
        from cms.translations.views.reach import review_address, source_is_gone
        from cms.translations.views.requesting import asking_address
        from cms.wiki.asking import register_asking
        from cms.wiki.hindrances import register_hindrance
        from cms.wiki.reviewing import register_review_address

        register_review_address(review_address)
        register_hindrance(source_is_gone)
        register_asking(asking_address)

    def register_with_core(self) -> None:
        from cms.accounts.closing import register_part
        from cms.core.page_cache.shown import register_unshown_columns, register_unshown_tables
        from cms.core.scheduling import register_tick
        from cms.translations.leaving import closing_part
        from cms.translations.models import (
            DismissedCheck,
            LanguageRequest,
            MemoryEntry,
            SegmentComment,
            SegmentDraft,
            TranslationTask,
        )
        from cms.translations.models.task import UNSHOWN
        from cms.translations.services.claiming import end_idle_claims
        from cms.translations.services.counting import recount_needs_nightly
        from cms.translations.telling import register as register_kinds

        register_kinds()
        register_part(closing_part())
        register_tick("translations: remind of claims, and end idle ones", end_idle_claims)
        register_tick("translations: what waits is needed more each day", recount_needs_nightly)
        for model in (DismissedCheck, LanguageRequest, MemoryEntry, SegmentComment, SegmentDraft):
            register_unshown_tables(model._meta.db_table)
        register_unshown_columns(TranslationTask._meta.db_table, *UNSHOWN)
