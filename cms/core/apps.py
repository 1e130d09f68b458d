from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = _("Ground shared by all apps")

    def ready(self) -> None:
        from .page_cache.changes import watch_all_connections

        watch_all_connections()

        from .mailing.sending import tend_outbox
        from .models import OutgoingMail
        from .page_cache.shown import register_unshown_tables
        from .scheduling import forget_finished_jobs, publish_scheduled, register_tick, take_up_jobs

        register_unshown_tables(OutgoingMail._meta.db_table)
        register_tick("pages: publish and expire what is scheduled", publish_scheduled)
        register_tick("mail: send again what could not be sent", tend_outbox)
        register_tick("jobs: take up what a killed worker had begun", take_up_jobs)
        register_tick("jobs: forget those that are done", forget_finished_jobs)
