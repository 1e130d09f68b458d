"""What is asked of who writes. A form says what is wrong in the visitor's language, and keeps what was typed."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.languages import open_language_codes
from forum.models import LONGEST_TITLE
from forum.rules import LONGEST_POST


def language_choices() -> list[tuple[str, str]]:
    from django.conf import settings

    return [(code, settings.LANGUAGE_NAMES[code]) for code in open_language_codes()]


class WritingForm(forms.Form):
    """A post. `nonce` makes of what is sent twice one post; `homepage` is a field that people do not see."""

    text = forms.CharField(
        label=_("Your post"),
        strip=False,
        max_length=LONGEST_POST,
        widget=forms.Textarea(attrs={"rows": 10, "data-editor": ""}),
        error_messages={"required": _("Write something first.")},
    )
    language = forms.ChoiceField(label=_("Language of your post"), choices=language_choices)
    reply_to = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    nonce = forms.UUIDField(widget=forms.HiddenInput)
    homepage = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        if not text:
            raise forms.ValidationError(_("Write something first."))
        return text


class TopicForm(WritingForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("What it is about, in one line."),
        error_messages={"required": _("Give your topic a title.")},
    )
    field_order = ["title", "text"]


def fresh(**initial) -> dict:
    return {"nonce": uuid4(), **initial}
