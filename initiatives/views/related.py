"""Related documents, from both sides: what this one says of others, and what others say of it."""

from dataclasses import dataclass

from django.utils.translation import pgettext

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
    groups: dict[str, dict] = {}
    for link in links:
        label = _label(link, page)
        work = found.works.get(link.target) if label else None
        if work and work.key != page.translation_key:
            groups.setdefault(str(label), {}).setdefault(work.key, work)
    return [Group(label, list(works.values())) for label, works in groups.items()]


def _label(link: Link, page: Document):
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
    # A newsletter lists its articles as its content.
    if link.kind == "issued_in" and page.kind_code != "NL":
        return pgettext("relation", "source of")
    return None
