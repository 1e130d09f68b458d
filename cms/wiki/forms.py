from django import forms
from django.utils.translation import gettext_lazy as _

from cms.wiki.models.suggestion import LONGEST_PASSAGE, LONGEST_SUGGESTION
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


class SuggestForm(forms.Form):
    """A reader's correction. No account is needed, nor a name."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    passage = forms.CharField(
        label=_("The passage it is about"),
        required=False,
        max_length=LONGEST_PASSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Copy it from the page. Leave this empty if it is about the whole."),
    )
    text = forms.CharField(
        label=_("What it should say, or what is wrong"),
        max_length=LONGEST_SUGGESTION,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("If your text is used, the history of the page names you."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Only to answer you. It is not published, and deleted with the answer."),
    )
    # People never see it; programs that fill in every field give themselves away.
    homepage = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )


class AnswerForm(forms.Form):
    """What an editor writes back, and what becomes of the suggestion."""

    answer = forms.CharField(
        label=_("Answer"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
