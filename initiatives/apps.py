from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("Documents and collections")

    def ready(self):
        from wagtail.signals import page_published

        from cms.core.serving import register_context
        from initiatives.models import Document
        from initiatives.signal_handlers import on_page_published
        from initiatives.views.document import document_context

        page_published.connect(on_page_published, dispatch_uid="initiatives.reference_code")
        register_context(Document, document_context)
