from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = _("Ground shared by all apps")

    def ready(self) -> None:
        from .page_cache.changes import watch_all_connections

        watch_all_connections()

        from .scheduling import publish_scheduled, register_tick

        register_tick("pages: publish and expire what is scheduled", publish_scheduled)
