"""The choices of the settings: for each kind, how often by mail, and whether on the site."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.notifications.kinds import Kind
from cms.notifications.models.preference import FREQUENCY_CHOICES
from cms.notifications.queries import Wish


class ChoicesForm(forms.Form):
    """Two fields for each kind, `mail-CODE` and `site-CODE`; `rows` has them together for the template."""

    def __init__(self, *args, kinds: list[Kind], wishes: dict[str, Wish], **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            wish = wishes[kind.code]
            self.fields[f"mail-{kind.code}"] = forms.ChoiceField(
                label=_("By mail"), choices=FREQUENCY_CHOICES, initial=wish.frequency
            )
            self.fields[f"site-{kind.code}"] = forms.BooleanField(
                label=_("On the site"), required=False, initial=wish.on_site
            )

    def rows(self) -> list[dict]:
        return [
            {"label": kind.label, "mail": self[f"mail-{kind.code}"], "site": self[f"site-{kind.code}"]}
            for kind in self.kinds
        ]

    def wishes(self) -> dict[str, Wish]:
        """By kind; of a form that is valid."""
        data = self.cleaned_data
        return {kind.code: Wish(data[f"mail-{kind.code}"], data[f"site-{kind.code}"]) for kind in self.kinds}
