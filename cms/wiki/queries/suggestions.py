"""What readers suggest, for those who decide on the page."""

from dataclasses import dataclass

from wagtail.models import Page

from cms.wiki.deciders import DecidingGroups, deciding_groups
from cms.wiki.models import Suggestion
from cms.wiki.queries.waiting import translated_among

SHOWN = 50
NEW, HELD = "new", "held"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What waits for an answer. The lists hold the longest waiting, at most `SHOWN`; the numbers count all."""

    new: list[Suggestion]
    held: list[Suggestion]  # kept back as possible spam
    new_total: int
    held_total: int


def suggestions_for(user, groups: DecidingGroups | None = None) -> Suggestions:
    """Those on pages that `user` decides on. Three queries, one where none waits; one more without `groups`."""
    open_ones = Suggestion.objects.filter(state__in=(NEW, HELD))
    rows = list(
        open_ones.order_by("created_at", "pk").values_list(
            "pk", "state", "page_id", "page__locale__language_code", "page__content_type_id"
        )
    )
    if not rows:
        return Suggestions([], [], 0, 0)
    groups = groups or deciding_groups()
    pages = Page.objects.filter(pk__in=open_ones.values("page_id"))
    translated = translated_among(pages, {row[-1] for row in rows})
    mine: dict[str, list[int]] = {NEW: [], HELD: []}
    for pk, state, page, code, _type in rows:
        if groups.verdict(groups.group_for(code, page in translated), user, None).allowed:
            mine[state].append(pk)
    shown = Suggestion.objects.select_related("page__locale").in_bulk(
        [*mine[NEW][:SHOWN], *mine[HELD][:SHOWN]]
    )
    new, held = ([shown[pk] for pk in mine[state][:SHOWN] if pk in shown] for state in (NEW, HELD))
    return Suggestions(new, held, len(mine[NEW]), len(mine[HELD]))
