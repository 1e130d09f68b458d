from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "cms.media"
    label = "media"
    verbose_name = _("Images and attached files")

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from cms.media.models import Picture
        from cms.media.signal_handlers import on_picture_saved

        post_save.connect(on_picture_saved, sender=Picture, dispatch_uid="media.renditions")
