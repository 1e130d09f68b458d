"""Glossary terms, people and organisations: published, each in its languages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import CharField, Value
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.entries import public_rows
from cms.reference.models import GlossaryTerm
from cms.taxonomy.models import Organisation, Person
from cms.taxonomy.queries import tree_rows
from search.engines import GLOSSARY, PEOPLE
from search.registry import Made, Shown
from search.sources.pages import EPOCH, places
from search.sources.texts import plain


class SharedSource:
    """`texts(row)`: (title, names, summary, body)."""

    def __init__(
        self,
        name: str,
        model: Any,
        section: str,
        address: str,
        label: Callable[[], str],
        texts: Callable[[Any], tuple[str, str, str, str]],
        title: str = "name",  # the field that holds it
    ) -> None:
        self.name, self.model, self.section, self.address = name, model, section, address
        self.label, self.texts, self.title = label, texts, title

    def lock(self, pks: Sequence[int]) -> None:
        rows = self.model.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
        list(rows.values_list("pk"))

    def keys(self) -> Iterator[int]:
        rows = self.model.objects.order_by("pk")
        return rows.values_list("pk", flat=True).iterator(chunk_size=2000)

    def made(self, pks: Sequence[int]) -> Iterator[Made]:
        """One query, and one for the territories where none are kept."""
        territories = places(tree_rows()["territory"])
        # Languages that are not open keep their entries: whether one is open is asked with the query.
        rows = self.model.objects.visible_to(None).filter(pk__in=pks).select_related("locale").order_by("pk")
        for row in rows:
            language = row.locale.language_code
            title, names, summary, body = self.texts(row)
            place = territories.get(getattr(row, "territory_id", None) or 0)
            yield Made(
                pk=row.pk,
                section=self.section,
                kind=self.name,
                language=language,
                work=row.translation_key.hex,
                moment=row.last_published_at or EPOCH,
                title=title,
                until=row.expire_at,
                facets={
                    "type": [self.name] if self.section == PEOPLE else [],
                    "territory": place.keys if place else [],
                    "language": [language],
                },
                names="\n".join(filter(None, (names, place.label(language) if place else ""))),
                summary=summary,
                body=body,
            )


def shown_together(
    wanted: Mapping[SharedSource, Sequence[int]], language: str
) -> dict[tuple[str, int], Shown]:
    """Of several sources, by name of the source and id. One query."""
    parts = [
        public_rows(source.model.objects.filter(pk__in=pks)).values_list(
            Value(source.name, CharField()), "pk", source.title, "slug"
        )
        for source, pks in wanted.items()
    ]
    known = {source.name: source for source in wanted}
    rows = parts[0].union(*parts[1:], all=True) if parts else []
    with translation.override(language):
        return {
            (name, pk): Shown(
                url=reverse(known[name].address, args=[slug]), title=title, label=known[name].label()
            )
            for name, pk, title, slug in rows
        }


def term_texts(row: GlossaryTerm) -> tuple[str, str, str, str]:
    return row.term, "\n".join(row.variant_list), "\n".join(plain(row.definition)), ""


def person_texts(row: Person) -> tuple[str, str, str, str]:
    return row.name, "", row.mandate, "\n".join(filter(None, (row.expertise, row.regional_antenna)))


def organisation_texts(row: Organisation) -> tuple[str, str, str, str]:
    return row.name, row.acronym, row.mandate, row.expertise


def shared_sources() -> list[SharedSource]:
    return [
        SharedSource(
            "term", GlossaryTerm, GLOSSARY, "reference:term", lambda: _("Glossary term"), term_texts, "term"
        ),
        SharedSource("person", Person, PEOPLE, "taxonomy:person", lambda: _("Person"), person_texts),
        SharedSource(
            "organisation",
            Organisation,
            PEOPLE,
            "taxonomy:organisation",
            lambda: _("Organisation"),
            organisation_texts,
        ),
    ]
