from django import forms
from django.utils.translation import gettext_lazy as _

from cms.wiki.rules import SIGNIFICANCES


class SubmitForm(forms.Form):
    """What an author says of a change. `version` is the text that was looked at."""

    summary = forms.CharField(
        label=_("What did you change?"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "true"}),
        help_text=_("One line, for the editors now and for readers of the history later."),
        error_messages={"required": _("Say in a few words what you changed.")},
    )
    significance = forms.ChoiceField(
        label=_("How much does it change?"),
        choices=SIGNIFICANCES,
        widget=forms.RadioSelect,
        help_text=_("Translators are asked to follow additions and changes of substance."),
        error_messages={"required": _("Choose how much it changes.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
