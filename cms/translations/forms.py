"""Forms of the queue of translations."""

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.translations.rules import NORMAL, PRIORITIES


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return obj.shown_name


class HandOverForm(forms.Form):
    to = PersonField(
        queryset=User.objects.none(),
        label=_("Hand it over to"),
        empty_label=_("choose a person"),
        error_messages={
            "required": _("Choose who goes on with it."),
            "invalid_choice": _("This person does not translate into the language any more. Choose another."),
        },
    )

    def __init__(self, people: QuerySet[User], data=None):
        super().__init__(data)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=PRIORITIES, coerce=int, initial=NORMAL, widget=forms.RadioSelect
    )
    due_on = forms.DateField(
        label=_("Wanted by"),
        required=False,
        help_text=_("Leave it empty where there is no date."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day is not None and day < timezone.localdate() and day != self.initial.get("due_on"):
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day
