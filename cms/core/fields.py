"""Fields of our own."""

from django import forms
from django.conf import settings
from django.db import models
from django.utils.text import capfirst


class LanguagesFormField(forms.MultipleChoiceField):
    """Languages of `settings.LANGUAGES`, ticked."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple, **kwargs)


class LanguageListField(models.JSONField):
    """A list of language codes of `settings.LANGUAGES`, ticked in forms. Anything else is refused there."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return LanguagesFormField(
            required=not self.blank,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
        )
