from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "cms.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self):
        from cms.accounts.closing import register_part
        from cms.core.mailing import register_composer
        from cms.core.page_cache.shown import register_unshown_tables
        from cms.core.scheduling import register_tick
        from cms.notifications.leaving import closing_part
        from cms.notifications.mails import compose, note_mailed
        from cms.notifications.models import Delivery, Notification, Preference
        from cms.notifications.services.gathering import COMPOSER, forget_old, gather_mails

        register_part(closing_part())
        register_composer(COMPOSER, compose, sent=note_mailed)
        register_tick("notifications: gather what is to be mailed", gather_mails)
        register_tick("notifications: forget what is old", forget_old)
        for model in (Delivery, Notification, Preference):
            register_unshown_tables(model._meta.db_table)
