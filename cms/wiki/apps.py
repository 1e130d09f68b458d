from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WikiConfig(AppConfig):
    name = "cms.wiki"
    label = "wiki"
    verbose_name = _("Wiki")

    def ready(self):
        from wagtail.signals import page_published, workflow_cancelled

        from cms.accounts.closing import register_part
        from cms.core.mailing import register_composer
        from cms.core.page_cache.shown import register_unshown_tables
        from cms.core.scheduling import register_tick
        from cms.wiki.leaving import closing_part
        from cms.wiki.mails import answer_to_suggestion, answered
        from cms.wiki.models import KeptDiff, ModerationTask, PageProtection, Submission, Suggestion, Watch
        from cms.wiki.services.comparing import forget_old_comparisons
        from cms.wiki.services.escalation import escalate_overdue
        from cms.wiki.services.moderation import decide_page
        from cms.wiki.services.protection import lift_what_is_over
        from cms.wiki.signal_handlers import (
            on_page_published,
            on_workflow_cancelled,
            silence_workflow_mails,
        )
        from cms.wiki.telling import register as register_kinds

        page_published.connect(on_page_published, dispatch_uid="wiki.published_revision")
        workflow_cancelled.connect(on_workflow_cancelled, dispatch_uid="wiki.workflow_cancelled")
        register_part(closing_part())
        silence_workflow_mails()
        register_kinds()
        ModerationTask.decide_page = staticmethod(decide_page)
        register_tick("wiki: bring overdue submissions before all editors", escalate_overdue)
        register_tick("wiki: lift protections that are over", lift_what_is_over)
        register_tick("wiki: forget old comparisons", forget_old_comparisons)
        register_composer("wiki.suggestion_answered", answer_to_suggestion, sent=answered)
        for model in (KeptDiff, ModerationTask, PageProtection, Submission, Suggestion, Watch):
            register_unshown_tables(model._meta.db_table)
