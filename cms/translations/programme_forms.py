"""On what terms a language is translated, as a form."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.taxonomy.models import Organisation
from cms.taxonomy.queries import all_organisations, by_name
from cms.translations.models import LanguageProgramme
from cms.translations.services.programmes import Terms


class ProgrammeForm(forms.Form):
    funded_by = forms.ChoiceField(label=gettext_lazy("Funded by"), required=False)
    begins_on = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    word_budget = forms.IntegerField(
        label=gettext_lazy("Word budget"),
        required=False,
        min_value=1,
        max_value=2_000_000_000,
        help_text=gettext_lazy("How many words of originals it pays for."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In the language itself: how to help, whom to write to. Shown to readers."),
    )
    reviewers = forms.CharField(
        label=gettext_lazy("Reviewers"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "User names or e-mail addresses of people with an account, one a line. They decide on translations into "
            "the language, beside those who do already."
        ),
    )

    def __init__(self, *args, programme: LanguageProgramme | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        shown = by_name(all_organisations(get_language() or "en"), get_language() or "en")
        rows = [(str(each.entry.pk), str(each.entry)) for each in shown]
        names = ("begins_on", "ends_on", "word_budget", "note")
        if programme is not None:
            self.initial = {name: getattr(programme, name) for name in names}
            chosen = programme.funded_by
            if chosen is not None:
                row = next(
                    (e.entry for e in shown if e.entry.translation_key == chosen.translation_key), chosen
                )
                self.initial["funded_by"] = str(row.pk)
                if row is chosen and str(row.pk) not in dict(rows):
                    rows.append((str(row.pk), str(row)))
        self.fields["funded_by"].choices = [("", "–"), *rows]  # type: ignore[attr-defined]

    def clean_funded_by(self) -> Organisation | None:
        value = self.cleaned_data["funded_by"]
        return Organisation.objects.filter(pk=value).first() if value else None

    def clean_reviewers(self) -> list[User]:
        """The accounts that are named; says of each line that is none."""
        names = [
            name.strip() for name in re.split(r"[\n,;]+", self.cleaned_data["reviewers"]) if name.strip()
        ]
        people, unknown = [], []
        for name in dict.fromkeys(names):
            named = Q(username__iexact=name) | Q(
                emailaddress__email__iexact=name, emailaddress__verified=True
            )
            person = User.objects.filter(named, is_active=True).distinct().first()
            if person is None:
                unknown.append(name)
            else:
                people.append(person)
        if unknown:
            raise ValidationError(
                _("There is no account for: %(names)s. Invite these people first, or correct the names.")
                % {"names": ", ".join(unknown)}
            )
        return people

    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(
            funded_by=data["funded_by"],
            begins_on=data["begins_on"],
            ends_on=data["ends_on"],
            word_budget=data["word_budget"],
            note=data["note"],
        )
