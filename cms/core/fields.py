"""Model fields of our own."""

from django import forms
from django.conf import settings
from django.db import models


class LanguageListField(models.JSONField):
    """A list of language codes of `settings.LANGUAGES`, ticked in forms. Anything else is refused there."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=settings.LANGUAGES,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
        )
