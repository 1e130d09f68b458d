"""The reading-grid matrix: which cases stand side by side, and the addresses that add or remove one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from .catalogue import Catalogue, Work
from .filters import MOST_PROBLEMS, Problem, shown
from .rules import GRID_LIMIT

MOST_NAMED = 40  # values of `case` that are looked at


@dataclass(frozen=True, slots=True)
class Choice:
    works: tuple[Work, ...]
    problems: tuple[Problem, ...]


def case_key(work: Work) -> str:
    """How a work is named in an address: by its reference code, else by the id of its page."""
    return work.code or str(work.version(work.original).page_id)


def choose(values: Iterable[str], catalogue: Catalogue) -> Choice:
    """The works named by reference code or page id, each once, in the given order; the first `GRID_LIMIT`.

    Problems: `unknown`, `no_grid` (a work that answers no reading grid) and `too_many`.
    """
    works: list[Work] = []
    problems: list[Problem] = []
    for number, raw in enumerate(values):
        if number >= MOST_NAMED:
            problems.append(Problem("too_many"))
            break
        value = raw.strip()
        if not value:
            continue
        rank = catalogue.rank_of_code.get(value.upper())
        if rank is None and len(value) < 19 and value.isascii() and value.isdigit():
            rank = catalogue.rank_of_page.get(int(value))
        if rank is None:
            problems.append(Problem("case", shown(value)))
        elif not catalogue.works[rank].has_grid:
            problems.append(Problem("no_grid", shown(value)))
        elif catalogue.works[rank] in works:
            continue
        elif len(works) == GRID_LIMIT:
            problems.append(Problem("too_many"))
        else:
            works.append(catalogue.works[rank])
    return Choice(tuple(works), tuple(dict.fromkeys(problems))[: MOST_PROBLEMS + 1])


def case_query(works: Iterable[Work], kept: Iterable[str] = ()) -> str:
    """The query string that shows `works`; `kept`: parts of the filters to go on with."""
    parts = [*(f"case={quote(case_key(work), safe='')}" for work in works), *kept]
    return "?" + "&".join(parts) if parts else ""
