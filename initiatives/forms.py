"""The form that answers a call."""

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.models import CallChoice, CallForInterest


class CallReplyForm(forms.Form):
    """One answer. Choices are the call's own lines, known by what they mean in any language."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    contact_name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("We write a confirmation to this address."), max_length=254
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    address = forms.CharField(
        label=_("Postal address"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    interests = forms.MultipleChoiceField(
        label=_("Areas of interest"), required=False, widget=forms.CheckboxSelectMultiple
    )
    interests_other = forms.CharField(label=_("Another area of interest"), max_length=300, required=False)
    collaborations = forms.MultipleChoiceField(
        label=_("Ways to collaborate"), required=False, widget=forms.CheckboxSelectMultiple
    )
    collaborations_other = forms.CharField(
        label=_("Another way to collaborate"), max_length=300, required=False
    )
    message = forms.CharField(
        label=_("Anything else"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    consent = forms.BooleanField(
        label=_("I agree that my answer is kept and read as said here."),
        error_messages={"required": _("Without your agreement we may not keep the answer.")},
    )
    # People never see it; programs that fill in every field give themselves away.
    homepage = forms.CharField(required=False, label=_("Leave this field empty"))

    def __init__(self, *args, call: CallForInterest, **kwargs):
        super().__init__(*args, **kwargs)
        lines = list(call.choices.all())
        for name, question in (
            ("interests", CallChoice.Question.INTEREST),
            ("collaborations", CallChoice.Question.COLLABORATION),
        ):
            field = self.fields[name]
            field.choices = [
                (str(row.translation_key), row.label) for row in lines if row.question == question
            ]
            if not field.choices:
                del self.fields[name]
        autocomplete = {
            "organisation": "organization",
            "contact_name": "name",
            "email": "email",
            "phone": "tel",
            "address": "street-address",
            "homepage": "off",
        }
        for name, value in autocomplete.items():
            self.fields[name].widget.attrs["autocomplete"] = value
        self.fields["homepage"].widget.attrs["tabindex"] = "-1"

    def clean_homepage(self) -> str:
        if self.cleaned_data.get("homepage"):
            raise forms.ValidationError(
                _("Leave this field empty and send again: it is there to catch programs.")
            )
        return ""

    def chosen(self, name: str) -> list[str]:
        """Labels ticked for `interests` or `collaborations`, as the sender read them; then the free text."""
        labels = dict(self.fields[name].choices) if name in self.fields else {}
        other = self.cleaned_data.get(f"{name}_other", "").strip()
        ticked = [labels[key] for key in self.cleaned_data.get(name, [])]
        return [*ticked, other] if other else ticked

    def reply_fields(self) -> dict:
        """What is kept of a valid form."""
        plain = ("organisation", "contact_name", "email", "phone", "address", "message")
        fields = {name: self.cleaned_data[name] for name in plain}
        return fields | {name: self.chosen(name) for name in ("interests", "collaborations")}

    def typed(self) -> list[tuple[str, str]]:
        """(label, text) of what was typed into a bound form, valid or not, so that it can be given back."""
        rows = []
        for name, field in self.fields.items():
            if name in ("form_token", "consent", "homepage"):
                continue
            value = self[name].data
            if isinstance(field, forms.MultipleChoiceField):
                labels = dict(field.choices)  # type: ignore[arg-type]
                value = ", ".join(labels[key] for key in value or [] if key in labels)
            if value:
                rows.append((str(field.label), str(value)[:4000]))
        return rows
