"""The foot of a page: which version it is, since when, by whom, who else wrote at it, and the way to its history."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from cms.wiki.addresses import address
from cms.wiki.queries.revisions import credit
from cms.wiki.version_words import version_name, written_day

MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Foot:
    name: str
    day: str
    machine_moment: str
    author: str
    author_url: str
    contributors: list[tuple[str, str]]  # (name, address), only where there is more than the author
    others: int  # contributors beyond those named
    permanent_url: str
    history_url: str
    cite_url: str
    watch_url: str  # the same for everyone: leads to the log-in first
    links_url: str


def page_foot(page: Page, request: HttpRequest) -> Foot | None:
    """None for a draft, and for a page whose publication was not recorded. One query at most."""
    if page.pk is None or getattr(request, "is_preview", False) or getattr(page, "is_in_memory", False):
        return None
    found = credit(page.pk)
    if found is None:
        return None
    people = [(name, address("author", pk) if pk else "") for pk, name in found.contributors]
    return Foot(
        name=version_name(found.number),
        day=written_day(found.published_at),
        machine_moment=found.published_at.isoformat(timespec="seconds"),
        author=found.author_name,
        author_url=address("author", found.author_id) if found.author_id else "",
        contributors=people[:MOST_NAMES] if len(people) > 1 else [],
        others=max(0, len(people) - MOST_NAMES),
        permanent_url=address("revision", page.pk, found.pk),
        history_url=address("history", page.pk),
        cite_url=address("cite", page.pk),
        watch_url=address("watch", page.pk),
        links_url=address("links", page.pk),
    )
