from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("Documents and collections")

    def ready(self):
        from wagtail.signals import page_published

        from initiatives.signal_handlers import on_page_published

        page_published.connect(on_page_published, dispatch_uid="initiatives.reference_code")
