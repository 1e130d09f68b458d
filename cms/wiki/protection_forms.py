"""Who may revise a page, as a form."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.wiki.rules import EDITORS_ONLY, PROTECTION_LEVELS


class SiteTimeField(forms.DateTimeField):
    """A moment in the site's own time zone, whatever zone the person has chosen for the editing screens."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value):
        with timezone.override(timezone.get_default_timezone()):
            return super().to_python(value)

    def prepare_value(self, value):
        with timezone.override(timezone.get_default_timezone()):
            return super().prepare_value(value)


class ProtectionForm(forms.Form):
    level = forms.ChoiceField(
        label=_("Who may revise it"),
        choices=PROTECTION_LEVELS,
        widget=forms.RadioSelect,
        initial=EDITORS_ONLY,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        widget=forms.TextInput,
        help_text=_("Authors who want to revise the page read it."),
    )
    until = SiteTimeField(
        label=_("Until"),
        required=False,
        help_text=_("Empty: until somebody lifts it."),
    )
