from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from .document import Document
from .editor import document_editor


class NewsletterIssue(Document):
    """An issue. Its articles are the documents that name it as their provenance."""

    kind_code = "NL"
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_('Codes in a list, for example ["en", "fr"].')
    )
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

    def clean(self) -> None:
        super().clean()
        check_language_codes(self.languages, "languages")


def check_language_codes(codes, field: str) -> None:
    """Raise `ValidationError` for `field` unless `codes` is a list of supported language codes."""
    known = dict(settings.LANGUAGES)
    if not isinstance(codes, list) or any(code not in known for code in codes):
        raise ValidationError({field: _("Use a list of language codes, for example [“en”, “fr”].")})
