"""The answers of chosen cases to the reading grid."""

from collections.abc import Iterable, Mapping

from initiatives.catalogue import Version
from initiatives.models import CaseStudy, LearningJourney
from initiatives.queries.texts import text_expander
from initiatives.rules import GRID_QUESTIONS

FIELDS = [f"grid_{key}" for key in GRID_QUESTIONS]


def grid_answers(versions: Iterable[tuple[str, Version]], lang: str) -> Mapping[int, dict[str, str]]:
    """Page id → question → HTML ("" where there is no answer), for (kind, page) pairs of public pages.

    At most 5 queries: one per type, and three for what the texts link to.
    """
    stored: dict[int, tuple[str, ...]] = {}
    asked = list(versions)
    for kind, model in (("cs", CaseStudy), ("lj", LearningJourney)):
        ids = [version.page_id for of_kind, version in asked if of_kind == kind]
        if ids:
            for row in model.objects.filter(pk__in=ids).values_list("pk", *FIELDS):
                stored[row[0]] = row[1:]
    expand = text_expander((text for texts in stored.values() for text in texts), lang)
    return {
        pk: {
            key: expand(text) if has_words(text) else ""
            for key, text in zip(GRID_QUESTIONS, texts, strict=True)
        }
        for pk, texts in stored.items()
    }


def has_words(text: str) -> bool:
    """Whether stored rich text says anything: an editor's empty field may hold an empty paragraph."""
    return bool(text) and text.replace("<p></p>", "").strip() != ""
