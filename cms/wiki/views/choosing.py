"""The fields in which two texts meet, side by side in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from cms.wiki.diff_display import shown
from cms.wiki.diff_display.values import ShownDiff
from cms.wiki.diffs import compare
from cms.wiki.models import Submission
from cms.wiki.texts import content_text


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    label: str
    mine: list[str]
    theirs: list[str]
    chosen: str  # "mine", "theirs" or ""
    difference: ShownDiff  # from theirs to mine


def choices_between(
    submission: Submission, names: list[str], theirs: dict[str, Any], posted: Mapping[str, str], user
) -> list[Choice]:
    """One choice for each field in `names` that both sides changed; `user` is the author."""
    model = submission.page.specific_class
    mine_by_name, theirs_by_name = words_of(model, submission.content), words_of(model, theirs)
    return [
        Choice(
            name,
            label_of(model, name),
            mine_by_name.get(name, []),
            theirs_by_name.get(name, []),
            posted.get(f"choose-{name}", ""),
            difference_in(submission, name, theirs, user),
        )
        for name in names
    ]


def difference_in(submission: Submission, name: str, theirs: dict[str, Any], user) -> ShownDiff:
    """What it comes to to keep one's own text of the field, in words."""
    model = submission.page.specific_class
    sides = ({name: text[name]} if name in text else {} for text in (theirs, submission.content))
    change = compare(*(content_text(model, side) for side in sides))
    return shown(change, submission.page.locale.language_code, user, drafts=True)


def words_of(model: Any, content: dict[str, Any]) -> dict[str, list[str]]:
    """What each field says, a line for each paragraph."""
    text = content_text(model, content)
    return {
        section.key: [paragraph.text for block in section.blocks for paragraph in block.paragraphs]
        for section in text.sections
    }


def label_of(model: Any, name: str) -> str:
    """The field's name, as the editor says it."""
    field = model._meta.get_field(name)
    if hasattr(field, "verbose_name"):
        return capfirst(str(field.verbose_name))
    return capfirst(str(field.related_model._meta.verbose_name_plural))
