"""A category as its readers see it, in their language."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import get_language, ngettext

from cms.core.languages import direction
from forum.addresses import category_address, member_address
from forum.listing import language_name
from forum.models import Category
from forum.queries.facilitators import Facilitator, co_facilitators_by_category
from forum.rules import Access


class ShownFacilitator(NamedTuple):
    name: str
    url: str
    language: str  # in which, "" for all
    code: str


class ShownCategory(NamedTuple):
    pk: int
    slug: str
    name: str
    description: str
    lang: str  # "" where it is the reader's
    dir: str
    url: str
    access: str
    public: bool
    topics: str  # "12 topics"
    facilitators: list[ShownFacilitator]


def shown_category(category: Category) -> ShownCategory:
    words = category.words()
    lang = "" if words.language in ("", get_language()) else words.language
    topics = category.topics_count
    return ShownCategory(
        pk=category.pk,
        slug=category.slug,
        name=words.name,
        description=words.description,
        lang=lang,
        dir=direction(words.language) if lang else "",
        url=category_address(category.slug),
        access=category.access,
        public=category.access == Access.PUBLIC,
        topics=ngettext("%(number)s topic", "%(number)s topics", topics) % {"number": topics},
        facilitators=shown_facilitators(co_facilitators_by_category().get(category.pk, ())),
    )


def shown_facilitators(people: Iterable[Facilitator]) -> list[ShownFacilitator]:
    return [
        ShownFacilitator(
            person.name,
            member_address(person.user_id),
            language_name(person.language) if person.language else "",
            person.language,
        )
        for person in people
    ]
