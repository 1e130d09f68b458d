from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from cms.core.fields import LanguageListField

from .document import Document
from .editor import document_editor


class NewsletterIssue(Document):
    """An issue. Its articles are the documents that name it as their provenance."""

    kind_code = "NL"
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    languages = LanguageListField(_("languages"))
    edit_handler = document_editor(
        _(
            "One issue of a newsletter. Its articles are documents of their own: on each of them, name this issue "
            "as the document it comes from, and the issue lists it."
        ),
        fact_panels=[
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("number"), FieldPanel("languages")])], heading=_("The issue")
            )
        ],
    )
    override_translatable_fields = [
        *Document.override_translatable_fields,
        SynchronizedField("number", overridable=False),
        SynchronizedField("languages", overridable=False),
    ]

    class Meta:
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")
