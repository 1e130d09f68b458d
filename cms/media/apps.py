from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "cms.media"
    label = "media"
    verbose_name = _("Images and attached files")

    def ready(self) -> None:
        from django.db.models.signals import post_save
        from wagtail.permissions import register_permission_policy

        from cms.media.models import Attachment, Picture
        from cms.media.rights import OwnUntilPublicPolicy
        from cms.media.signal_handlers import on_picture_saved

        post_save.connect(on_picture_saved, sender=Picture, dispatch_uid="media.renditions")
        # The rights themselves stand on Wagtail's own models, whatever model holds the files.
        for model, rights in ((Picture, "wagtailimages.Image"), (Attachment, "wagtaildocs.Document")):
            policy = OwnUntilPublicPolicy(model, auth_model=rights, owner_field_name="uploaded_by_user")
            register_permission_policy(model, policy, exact_class=True)
