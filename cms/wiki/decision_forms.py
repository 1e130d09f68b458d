"""What a moderator says of a text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.wiki.rules import SIGNIFICANCES

APPROVE, REQUEST_CHANGES, DECLINE = "approve", "request_changes", "decline"
DECISIONS = [
    (APPROVE, _("approve and publish")),
    (REQUEST_CHANGES, _("request changes")),
    (DECLINE, _("decline")),
]
LONGEST_REASON = 5000  # characters


class DecisionForm(forms.Form):
    """One form for three buttons: `decision` is the button's value, `seen_revision` the text that was looked at."""

    seen_revision = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=DECISIONS, widget=forms.HiddenInput)
    significance = forms.ChoiceField(
        label=_("How much it changes"),
        choices=SIGNIFICANCES,
        required=False,
        help_text=_("Said by the author; correct it where it is not right."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Needed to request changes or to decline: whoever wrote the text reads it. Not shown to readers."
        ),
    )

    def clean(self):
        data = super().clean()
        needs_reason = data.get("decision") in (REQUEST_CHANGES, DECLINE)
        if needs_reason and not data.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", _("Give the reason: those who wrote the text will read it."))
        return data

    @property
    def is_tampered(self) -> bool:
        """Whether something is wrong that the form on the screen cannot send."""
        return self.is_bound and bool({"seen_revision", "decision", "significance"} & self.errors.keys())
