"""Recent changes over the whole site, and those of one author."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.addresses import tree_address
from cms.core.alternates import alternates_for_address
from cms.core.dates import written_date
from cms.core.languages import direction, open_language_codes
from cms.core.page_cache.decorators import public_page
from cms.wiki import filters as asking
from cms.wiki import kinds
from cms.wiki.addresses import address
from cms.wiki.filters import Asked, Filters
from cms.wiki.lines import line
from cms.wiki.queries.changes import MOST_COUNTED, Change, author_of, number_of_contributions
from cms.wiki.queries.changes import changes as public_changes
from cms.wiki.reading import known_collections, read_asked
from cms.wiki.rows import rendered
from cms.wiki.rules import SIGNIFICANCES

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter with its values: (key, name, whether it is chosen)."""

    name: str
    label: str
    values: list[tuple[str, str, bool]]


@public_page
def changes(request: HttpRequest) -> HttpResponse:
    """At most 8 queries, whatever the number of changes."""
    known = known_collections()
    asked = read_asked(request, known)
    author = author_of(asked.filters.author) if asked.filters.author else None
    if asked.filters.author and author is None:
        asked = Asked(
            asked.filters.without("author"),
            asked.before,
            asked.after,
            (*asked.unknown, str(asked.filters.author)),
        )
    own = address("changes")
    context = {
        **change_list(asked, own),
        "alternates": alternates_for_address(request),
        "choices": _choices(asked.filters, known),
        "author": author,
        "unknown": asked.unknown,
        "filters": asked.filters,
        "feed_url": address("feed") + asked.filters.query(),
        "without_author_url": own + asked.filters.without("author").query(),
        "clear_url": own,
        "watch_links": _watch_links(asked.filters, known),
        "noindex": True,
    }
    return render(request, "wiki/changes.html", context)


@public_page
def author(request: HttpRequest, user_id: int) -> HttpResponse:
    """What somebody has published, under the name they show. Nobody is found who has published nothing."""
    person = author_of(user_id) if asking.is_number(str(user_id)) else None
    if person is None:
        raise Http404("no such author")
    count = number_of_contributions(user_id)
    known = asking.read(request.GET, dict.fromkeys(asking.KEYED, ()))
    asked = Asked(Filters(author=user_id), known.before, known.after)
    context = {
        **change_list(asked, address("author", user_id), Filters()),
        "alternates": alternates_for_address(request),
        "author": person,
        "count": count,
        "most_counted": MOST_COUNTED if count > MOST_COUNTED else 0,
        "feed_url": address("feed") + asked.filters.query(),
        "noindex": True,
    }
    return render(request, "wiki/author.html", context)


def change_list(asked: Asked, path: str, in_address: Filters | None = None) -> dict:
    """The lines of one page, and where the next ones are. `in_address`: the filters that `path` does not say."""
    said = asked.filters if in_address is None else in_address
    found = public_changes(asked, PER_PAGE + 1)
    more = len(found) > PER_PAGE
    if asked.after:
        found, newer, older = found[-PER_PAGE:], more, True
    else:
        found, newer, older = found[:PER_PAGE], asked.before is not None, more
    return {
        "changes": change_rows(found, in_address is not None),
        "newer_url": path + said.query(after=str(found[0].place)) if found and newer else "",
        "older_url": path + said.query(before=str(found[-1].place)) if found and older else "",
        "newest_url": path + said.query() if asked.before or asked.after else "",
    }


def change_rows(found: list[Change], one_author: bool) -> list[SafeString]:
    rows = []
    last_day = None
    for change in found:
        local = timezone.localtime(change.version.published_at)
        starts_day = local.date() != last_day
        key = (change.version.pk, starts_day, one_author)
        rows.append(rendered("wiki/_change.html", key, partial(_row, change, local, starts_day, one_author)))
        last_day = local.date()
    return rows


def _row(change: Change, local: datetime, starts_day: bool, one_author: bool) -> dict:
    version = change.version
    kind = kinds.kind_by_type().get(change.content_type)
    lang = "" if version.language == get_language() else version.language
    return {
        "line": line(version),
        "day": written_date(local.date()) if starts_day else "",
        "machine_day": local.date().isoformat(),
        "time": f"{local:%H:%M}",
        "title": version.title,
        "url": tree_address(version.language, change.url_path),
        "lang": lang,
        "dir": direction(lang),
        "kind": kind.key if kind else "",
        "kind_name": str(kind.name) if kind else "",
        "is_new": version.number == 1,
        "history_url": address("history", version.page_id),
        "one_author": one_author,
    }


def _watch_links(chosen: Filters, known: list[kinds.ListedCollection]) -> list[tuple[str, str]]:
    """(name, address) for each filter that can be watched; a watch is of one of them."""
    named = [("language", chosen.language, settings.LANGUAGE_NAMES.get(chosen.language, ""))]
    named += [("type", kind.key, str(kind.name)) for kind in kinds.kinds() if kind.key == chosen.type]
    named += [("collection", row.work, row.title) for row in known if row.key == chosen.collection]
    own = address("watchlist")
    return [(name, f"{own}?{urlencode({'watch': f'{kind}:{key}'})}") for kind, key, name in named if key]


def _choices(chosen: Filters, known: list[kinds.ListedCollection]) -> list[Choice]:
    values = {
        "language": (
            _("Language"),
            [(code, settings.LANGUAGE_NAMES[code]) for code in open_language_codes()],
        ),
        "type": (_("Type"), [(kind.key, str(kind.name)) for kind in kinds.kinds()]),
        "collection": (_("Collection"), [(entry.key, entry.title) for entry in known]),
        "significance": (_("Significance"), [(code, str(name)) for code, name in SIGNIFICANCES]),
    }
    return [
        Choice(name, label, [(key, shown, key == getattr(chosen, name)) for key, shown in rows])
        for name, (label, rows) in values.items()
        if rows
    ]
