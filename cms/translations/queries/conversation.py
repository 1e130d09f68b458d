"""What was said about a segment, and which remarks of the checks were set aside."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from cms.accounts.models import User
from cms.accounts.roles import (
    ADMINISTRATOR_GROUP,
    EDITOR_GROUP,
    REVIEWER_PREFIX,
    TRANSLATOR_PREFIX,
    language_group,
)
from cms.translations.checks import Finding
from cms.translations.models import DismissedCheck, SegmentComment, TranslationTask
from cms.translations.queries.findings import dismissal_hash, findings_of
from cms.translations.queries.texts import keys_of, survey_of

LONGEST = 200  # comments


@dataclass(frozen=True, slots=True)
class SetAside:
    finding: Finding
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Thread:
    comments: list[SegmentComment]  # the first first
    set_aside: list[SetAside]


def thread_of(task: TranslationTask, key: str) -> Thread | None:
    """None where there is no such segment. What was said before its source changed is part of it. Five queries."""
    found = survey_of(task)
    standing = next((each for each in found.standings if each.segment.key == key), None)
    if standing is None:
        return None
    comments = SegmentComment.objects.filter(task=task, key__in=keys_of(standing)).order_by("-pk")[:LONGEST]
    return Thread(list(comments)[::-1], _set_aside(task, key, found.texts()))


def _set_aside(task: TranslationTask, key: str, texts: dict[str, str]) -> list[SetAside]:
    rows = {(row.code, row.text_hash): row for row in DismissedCheck.objects.filter(task=task, key=key)}
    if not rows:
        return []
    found = findings_of(task, texts).dismissed_by_key.get(key, ())
    pairs = ((each, rows.get((each.code, dismissal_hash(texts[key], each.detail)))) for each in found)
    return [SetAside(each, row.author_name, row.created_at) for each, row in pairs if row is not None]


def people_around(language: str) -> Iterable[User]:
    """Who may see translations into the language while they are made. One query."""
    groups = (
        language_group(TRANSLATOR_PREFIX, language),
        language_group(REVIEWER_PREFIX, language),
        EDITOR_GROUP,
        ADMINISTRATOR_GROUP,
    )
    return User.objects.filter(Q(groups__name__in=groups) | Q(is_superuser=True), is_active=True).distinct()


def named_in(text: str, people: Iterable[User]) -> list[User]:
    """Those whose user name, or name as it is shown, stands in the text after an @; in its order, each once."""
    by_name: dict[str, list[User]] = defaultdict(list)
    for person in people:
        for name in {person.username.casefold(), person.shown_name.casefold()}:
            by_name[name].append(person)
    if not by_name:
        return []
    # The longest first: "@ana.nova" is not "@ana".
    names = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True))
    found = re.finditer(rf"(?<![\w@])@({names})(?!\w)", text.casefold())
    return list({person.pk: person for each in found for person in by_name[each.group(1)]}.values())
