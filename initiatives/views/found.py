"""Everything one page points to, looked up at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from cms.core.body import BodyNeeds
from cms.core.linked_text import expander, targets
from cms.translations.behind import Marks
from initiatives.queries.files import files_by_id, pictures_by_id
from initiatives.queries.works import Works, named_entries


@dataclass(slots=True)
class Needs(BodyNeeds):
    """What a page is going to show: what its body points to, and shared entries."""

    people: set[int] = field(default_factory=set)
    organisations: set[int] = field(default_factory=set)
    themes: set[int] = field(default_factory=set)
    territories: set[int] = field(default_factory=set)
    draft: bool = False  # the page is being edited: its own rows are in memory

    def add(self, **ids: Iterable[int | None]) -> None:
        for name, values in ids.items():
            getattr(self, name).update(value for value in values if value is not None)


class Found:
    """The answers: `works`; the four kinds of entries; `pictures` and `files` by id; `expand` for texts.

    `rich` expands a text and marks in it where a translation is behind, by the path of its field.
    """

    marks = Marks()

    def __init__(self, needs: Needs, language: str):
        linked_pages, linked_files = targets(needs.texts)
        self.works = Works(needs.pages | linked_pages, language)
        entries = named_entries(
            language,
            people=needs.people,
            organisations=needs.organisations,
            themes=needs.themes,
            territories=needs.territories,
        )
        self.people, self.organisations = entries["people"], entries["organisations"]
        self.themes, self.territories = entries["themes"], entries["territories"]
        self.pictures = pictures_by_id(needs.pictures)
        self.files = files_by_id(needs.files | linked_files)
        self.expand = expander(self.works.target, {pk: file.url for pk, file in self.files.items()})

    def rich(self, text: str, path: str, *heads: str) -> SafeString:
        """`heads`: the paths of short texts above it, whose marks it takes in too."""
        return self.marks.rich(self.expand(text), path, *heads)
