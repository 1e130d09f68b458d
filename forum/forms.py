"""What is asked of who writes. A form says what is wrong in the visitor's language, and keeps what was typed."""

import re
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cms.core.languages import open_language_codes
from cms.core.prepared import LARGEST_ID
from cms.core.visible_text import is_seen, one_line
from forum.models import LONGEST_TITLE
from forum.rules import LONGEST_POST
from forum.services.files import PER_POST

_FILES = re.compile(r"/forum/files/([0-9a-f-]{36})/")


def language_choices() -> list[tuple[str, str]]:
    return [(code, settings.LANGUAGE_NAMES[code]) for code in open_language_codes()]


class PostField(forms.CharField):
    """Markdown. Browsers send each line end as two characters: they count as one."""

    def __init__(self, **options):
        super().__init__(
            strip=False,
            max_length=LONGEST_POST,
            error_messages={
                "required": _("Write something first."),
                "max_length": _(
                    "This is too long for a post: %(show_value)d characters of %(limit_value)d. "
                    "Send it in parts, or attach it as a file."
                ),
            },
            widget=forms.Textarea(attrs={"rows": 9, "data-text": "", "dir": "auto"}),
            **options,
        )

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n").strip("\n")

    def widget_attrs(self, widget):
        """Without `maxlength`: a browser would cut off what is pasted, and say nothing."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def validate(self, value):
        super().validate(value.strip() if is_seen(value) else "")
        if len(set(_FILES.findall(value))) > PER_POST:
            raise forms.ValidationError(
                _("A post has at most %(number)s files and pictures."), params={"number": PER_POST}
            )


class WritingForm(forms.Form):
    """A post. `nonce` makes of what is sent twice one post; `homepage` is a field that people do not see."""

    text = PostField(label=_("Your post"))
    language = forms.ChoiceField(label=_("Language you write in"), choices=language_choices)
    reply_to = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)
    nonce = forms.UUIDField(widget=forms.HiddenInput)
    homepage = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    use_required_attribute = False


class TitleField(forms.CharField):
    def to_python(self, value):
        return one_line(super().to_python(value))


class TopicForm(WritingForm):
    title = TitleField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=_("What it is about, in one line."),
        error_messages={
            "required": _("Give your topic a title."),
            "max_length": _("A title has at most %(limit_value)d characters; this one has %(show_value)d."),
        },
    )
    about = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)
    field_order = ["title", "text"]

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["title"].widget.attrs.pop("maxlength", None)


class EditForm(forms.Form):
    text = PostField(label=_("Your post"))
    language = forms.ChoiceField(label=_("Language it is written in"), choices=language_choices)
    seen = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    use_required_attribute = False


class EditOfAnotherForm(EditForm):
    """For who changes the words of another."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever wrote it is told, in your words."),
        error_messages={"required": _("Say why: whoever wrote it is told.")},
    )


class TranslationForm(forms.Form):
    text = PostField(label=_("Translation"))
    post_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    homepage = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    use_required_attribute = False


def fresh(**initial) -> dict:
    return {"nonce": uuid4(), **initial}
