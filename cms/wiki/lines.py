"""A published version as a line of a list, with everything a flat template needs."""

from dataclasses import dataclass

from django.conf import settings

from cms.wiki.addresses import address
from cms.wiki.queries.revisions import Version
from cms.wiki.version_words import (
    change_of_length,
    length,
    names,
    notes,
    significance_name,
    version_name,
    written_moment,
)


@dataclass(frozen=True, slots=True)
class Line:
    pk: int
    number: int
    name: str
    url: str
    moment: str
    machine_moment: str
    author: str
    author_url: str  # "" where the account is gone
    co_authors: str
    summary: str
    significance: str  # code
    significance_name: str
    told: str  # size, change of size, language …
    older_url: str  # compares with the public version before, "" for the first
    current_url: str  # compares with the current version, "" for that one and the one before


def line(version: Version, current: Version | None = None) -> Line:
    """`current`: the newest version of the page, where the line is to lead to a comparison with it."""
    said = [
        significance_name(version.significance),
        change_of_length(version.size_change),
        length(version.size),
        settings.LANGUAGE_NAMES.get(version.language, version.language),
        *notes(version.approved_alone, version.reverted_to),
    ]
    return Line(
        pk=version.pk,
        number=version.number,
        name=version_name(version.number),
        url=address("revision", version.page_id, version.pk),
        moment=written_moment(version.published_at),
        machine_moment=version.published_at.isoformat(timespec="seconds"),
        author=version.author_name,
        author_url=address("author", version.author_id) if version.author_id else "",
        co_authors=", ".join(names(version.co_authors)),
        summary=version.summary,
        significance=version.significance,
        significance_name=said[0],
        told=" · ".join(part for part in said[1:] if part),
        older_url=address("compare", version.page_id, version.older, version.pk) if version.older else "",
        current_url=address("compare", version.page_id, version.pk, current.pk)
        if current and version.pk not in (current.pk, current.older)
        else "",
    )
