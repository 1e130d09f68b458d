"""What is asked of whoever decides, reports, answers or moderates."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forum.deciding import SANCTION_DAYS, Decision
from forum.forms import TitleField, language_choices
from forum.models import LONGEST_TITLE, Sanction
from forum.models.review import REPORT_REASONS
from forum.queries.categories import all_categories
from forum.renumbering import Ranges, joined, parsed_ranges, ranges_of
from forum.review_words import days_in_words
from forum.rules import LONGEST_POST

MOST_CHOSEN = 500  # checkboxes of one page
DECISIONS = {
    Decision.APPROVE: _("Publish it"),
    Decision.EDIT: _("Change the text, then publish it"),
    Decision.REFUSE: _("Do not publish it; the author can answer"),
    Decision.REMOVE: pgettext_lazy("post", "Take it away"),
    Decision.SET_ASIDE: _("Leave it as it is"),
    Decision.SANCTION: _("Silence or suspend the member"),
}
# Of what stands already, "publish" would be the wrong word.
KEEPING = {Decision.EDIT: _("Change the text, and leave it there"), Decision.APPROVE: _("Publish it again")}


def sanction_choices() -> list[tuple[str, str]]:
    """`silence:7` and so on, the mildest first."""
    words = {
        Sanction.SILENCE: _("reads, but does not write, for %(time)s"),
        Sanction.SUSPENSION: _("takes no part, for %(time)s"),
    }
    return [
        (f"{kind}:{days}", words[kind] % {"time": days_in_words(days)})
        for kind in words
        for days in SANCTION_DAYS
    ]


class SanctionField(forms.ChoiceField):
    """Cleaned to (kind, days), or ("", 0)."""

    def __init__(self, **kwargs):
        super().__init__(choices=self.named, **kwargs)

    def named(self):
        return [("", _("nothing")) if not self.required else ("", _("choose")), *sanction_choices()]

    def clean(self, value):
        kind, _colon, days = super().clean(value).partition(":")
        return (kind, int(days or 0))


class DecisionForm(forms.Form):
    """`offered`: what can be decided, from `deciding.decisions_for`; `standing`: the post is there to be read."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what to do.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The author reads it, in your words. Needed unless you publish it or leave it as it is."),
    )
    text = forms.CharField(
        label=_("The text instead"),
        required=False,
        strip=False,
        max_length=LONGEST_POST,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    language = forms.ChoiceField(label=_("Its language"), required=False, choices=language_choices)
    sanction = SanctionField(label=_("And the author"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, offered=(), standing=False, may_sanction=False, translation=False, **kwargs):
        super().__init__(*args, **kwargs)
        words = DECISIONS | KEEPING if standing else DECISIONS
        self.fields["decision"].choices = [(code, words[code]) for code in offered]
        if Decision.EDIT not in offered:
            del self.fields["text"], self.fields["language"]
        if not may_sanction:
            del self.fields["sanction"]

    def clean(self):
        data = super().clean()
        decision = data.get("decision")
        kind, _days = data.get("sanction") or ("", 0)
        if not (data.get("reason") or "").strip() and (decision in Decision.NEED_A_REASON or kind):
            self.add_error("reason", _("Give the reason: whom it concerns will read it."))
        if decision == Decision.EDIT and not (data.get("text") or "").strip():
            self.add_error("text", _("Write something first."))
        if decision == Decision.SANCTION and not kind:
            self.add_error("sanction", _("Choose for how long."))
        if decision == Decision.EDIT and not data.get("language"):
            self.add_error("language", _("Choose a language."))
        return data


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Once. Somebody else then looks at it again."),
        error_messages={"required": _("Write something first.")},
    )


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=REPORT_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = forms.CharField(
        label=_("In your words"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self):
        data = super().clean()
        if data.get("reason") == "other" and not data.get("text"):
            self.add_error("text", _("Say in a few words what is wrong."))
        return data


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note for other facilitators"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The member does not see it here, but finds it in a copy of their data. Keep to facts."),
        error_messages={"required": _("Write something first.")},
    )


class SanctionForm(forms.Form):
    sanction = SanctionField(
        label=_("The member"), required=True, error_messages={"required": _("Choose for how long.")}
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The member reads it, in your words."),
        error_messages={"required": _("Give the reason: whom it concerns will read it.")},
    )


class Reasoned(forms.Form):
    """The reason stands in the topic's public log."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        help_text=_("Everybody who reads the topic finds it in its log."),
    )


class FlagForm(Reasoned):
    """Pin, close, hide, and back."""


class TitleForm(Reasoned):
    title = TitleField(label=_("Title"), max_length=LONGEST_TITLE)
    language = forms.ChoiceField(label=_("Language of the topic"), choices=language_choices)
    field_order = ["title", "language"]


def category_field(**kwargs) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("Category"), coerce=int, **kwargs)


class MoveForm(Reasoned):
    category = category_field()
    field_order = ["category"]

    def __init__(self, *args, categories=(), **kwargs):
        super().__init__(*args, **kwargs)
        names = all_categories()
        self.fields["category"].choices = [(pk, names[pk].name) for pk in categories]


class TargetField(forms.CharField):
    """A topic by its number or its address. Cleaned to its number."""

    def clean(self, value) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        found = text.rpartition("/t/")[2].partition("-")[0].partition("/")[0] if "/t/" in text else text
        if not (found.isascii() and found.isdecimal() and len(found) <= 18):
            raise forms.ValidationError(_("Give the number or the address of a topic."))
        return int(found)


class MergeForm(Reasoned):
    target = TargetField(label=_("Into the topic"), help_text=_("Its address, or the number in it."))
    field_order = ["target"]


class ChosenForm(Reasoned):
    """Which posts: by checkboxes, by ranges, or both. Cleaned to `ranges`."""

    chosen = forms.TypedMultipleChoiceField(label=_("Posts"), coerce=int, required=False)
    numbers = forms.CharField(
        label=_("Also these numbers"),
        required=False,
        max_length=1000,
        help_text=_("For instance 4-9, 12. Posts of other pages of the topic too."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sent = self.data.getlist("chosen")[:MOST_CHOSEN] if hasattr(self.data, "getlist") else []
        valid = [one for one in sent if one.isascii() and one.isdecimal() and 0 < len(one) <= 9]
        self.fields["chosen"].choices = [(int(one), one) for one in valid]

    def clean(self):
        data = super().clean()
        try:
            by_number = parsed_ranges(data.get("numbers") or "")
            ranges: Ranges = joined((*by_number, *ranges_of(data.get("chosen") or [])))
        except ValueError:
            self.add_error("numbers", _("Write numbers and ranges, for instance 4-9, 12."))
            return data
        if not ranges and not self.errors:
            self.add_error(None, _("Choose at least one post."))
        data["ranges"] = ranges
        return data


class SplitForm(ChosenForm):
    """To a new topic (title, language, category), or to one there is already (target)."""

    title = TitleField(label=_("Title of the new topic"), max_length=LONGEST_TITLE, required=False)
    language = forms.ChoiceField(label=_("Its language"), choices=language_choices, required=False)
    category = category_field(required=False)
    target = TargetField(
        label=_("Or into a topic there is already"),
        required=False,
        help_text=_("Its address, or the number in it. Leave it empty for a new topic."),
    )
    field_order = ["chosen", "numbers", "title", "language", "category", "target"]

    def __init__(self, *args, categories=(), **kwargs):
        super().__init__(*args, **kwargs)
        names = all_categories()
        self.fields["category"].choices = [(pk, names[pk].name) for pk in categories]

    def clean(self):
        data = super().clean()
        if not data.get("title") and not data.get("target") and "target" not in self.errors:
            self.add_error("title", _("Give the new topic a title, or name a topic there is already."))
        return data
