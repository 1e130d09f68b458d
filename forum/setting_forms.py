"""How the forum treats somebody, as they choose it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SettingsForm(forms.Form):
    follows_what_they_write = forms.BooleanField(
        label=_("Follow the topics I write in"),
        help_text=_("You are told of each new post there, and can leave any of them."),
        required=False,
    )
    only_languages_read = forms.BooleanField(
        label=_("Tell me only of topics in languages I read"),
        help_text=_("Which these are stands in your profile. The lists still show all topics."),
        required=False,
    )
