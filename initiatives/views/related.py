"""Related documents, from both sides: what this one says of others, and what others say of it."""

from dataclasses import dataclass

from django.utils.translation import pgettext

from cms.core.prepared import key_of
from initiatives.models import Document
from initiatives.queries.links import Link
from initiatives.queries.works import WorkLink
from initiatives.rules import RELATIONS
from initiatives.views.found import Found


@dataclass(frozen=True, slots=True)
class Group:
    label: object
    works: list[WorkLink]


def related(links: list[Link], found: Found, page: Document) -> list[Group]:
    """Grouped under the words of the relation, in the order of the rules. A work stands once in a group."""
    own = key_of(page.translation_key)
    groups: dict[str, dict] = {}
    # A newsletter lists its articles as its content, not again as related.
    told = _articles(links, found) if page.kind_code == "NL" else set()
    named_by_provenance = [link for link in links if link.kind == "issued_in"]
    for link in [*(link for link in links if link.kind != "issued_in"), *named_by_provenance]:
        label = _label(link)
        work = found.works.get(link.target) if label else None
        if work is None or work.key == own:
            continue
        # A work that is related in words of its own need not be named again for its provenance.
        if work.key in told and (link.kind == "issued_in" or page.kind_code == "NL"):
            continue
        if page.kind_code != "NL":
            told.add(work.key)
        groups.setdefault(str(label), {}).setdefault(work.key, work)
    return [Group(label, list(works.values())) for label, works in groups.items()]


def _articles(links: list[Link], found: Found) -> set:
    works = (found.works.get(link.target) for link in links if link.kind == "issued_in")
    return {work.key for work in works if work}


def _label(link: Link):
    if link.kind == "relation" and link.note in RELATIONS:
        return RELATIONS[link.note].forward
    if link.kind == "relation_in" and link.note in RELATIONS:
        return RELATIONS[link.note].backward
    if link.kind == "deepens":
        return RELATIONS["deepens"].forward
    if link.kind == "deepens_in":
        return RELATIONS["deepens"].backward
    if link.kind == "part_event_in":
        return RELATIONS["part_of"].backward
    if link.kind == "visited_in":
        return pgettext("relation", "visited during")
    if link.kind == "given_in":
        return pgettext("relation", "presentations given there")
    if link.kind == "issued_in":
        return pgettext("relation", "source of")
    return None
