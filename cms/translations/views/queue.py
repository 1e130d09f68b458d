"""`/admin/translations/`: what there is to translate, for those who translate, review or edit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET

from cms.core.doors import only_for
from cms.core.paging import asked_window
from cms.translations.filters import ALL, SORTS, Filters, read
from cms.translations.kinds import translated_kinds
from cms.translations.queries.queue import (
    ROWS,
    Amount,
    QueueLanguage,
    amounts_by_label,
    chosen,
    in_order,
    languages_asked,
    queue_languages,
    tasks_of_public_works,
)
from cms.translations.queries.queue_rows import rows_of
from cms.translations.queries.rights import languages_of, may_see_queue
from cms.translations.queue_wording import label_names
from cms.translations.views.queue_rows import Lines
from cms.wiki.kinds import collections

for_translators = only_for(may_see_queue)


@for_translators
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    languages = queue_languages()
    listed = collections(translation.get_language())
    asked = read(request.GET, known_values(languages, listed))
    filters = asked.filters
    wanted = languages_asked(request.user, filters.language, languages)
    tasks = chosen(tasks_of_public_works(languages, wanted), filters, request.user)
    amounts = amounts_by_label(tasks)
    if filters.label:
        tasks = tasks.filter(label=filters.label)
    total = total_of(amounts, filters.label)
    window = asked_window(request, ROWS)
    if address := window.corrected(request, total.tasks):
        return redirect(address)
    here = request.get_full_path()
    rows = rows_of(in_order(tasks, filters.sort), request.user, languages, window)
    lines = Lines(here)
    context = {
        "rows": rows,
        "html": [lines.line(row).html() for row in rows],
        "total": total,
        "labels": label_links(amounts, filters),
        "filters": filters,
        "unknown": asked.unknown,
        "languages": list(languages.values()),
        "has_own": bool(languages_of(request.user)),
        "shown_languages": [languages[pk] for pk in wanted],
        "kinds": sorted(
            ((kind.key, str(kind.name)) for kind in translated_kinds()), key=lambda kind: kind[1]
        ),
        "collections": listed,
        "turning": window.turning(total.tasks, lambda number: filters.query(page=str(number))),
        "here": here,
    }
    return render(request, "translations/admin/queue.html", context)


def known_values(languages: dict[int, QueueLanguage], listed) -> dict[str, set[str]]:
    return {
        "language": {ALL, *(each.code for each in languages.values())},
        "label": set(label_names()),
        "type": {kind.key for kind in translated_kinds()},
        "collection": {collection.key for collection in listed},
        "sort": set(SORTS),
    }


def total_of(amounts: dict[str, Amount], label: str) -> Amount:
    wanted = [amount for key, amount in amounts.items() if not label or key == label]
    return Amount(sum(each.tasks for each in wanted), sum(each.words_to_do for each in wanted))


def label_links(amounts: dict[str, Amount], filters: Filters) -> list[dict]:
    """A link for all, and one for each label there is or that is chosen: dicts `name, number, url, active`."""
    links = [
        {
            "name": "",
            "number": total_of(amounts, "").tasks,
            "url": filters.with_(label="").query() or "?",
            "active": not filters.label,
        }
    ]
    for key, name in label_names().items():
        if key in amounts or key == filters.label:
            links.append(
                {
                    "name": name,
                    "number": amounts.get(key, Amount()).tasks,
                    "url": filters.with_(label=key).query(),
                    "active": filters.label == key,
                }
            )
    return links
