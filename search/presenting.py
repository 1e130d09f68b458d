"""An answer as flat dicts for templates: hits, sections, facets, what is to be said besides."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.languages import direction
from search import excerpts
from search.engines import DIRECT, FACETS, FORUM, SECTIONS, Asked
from search.filters import Filters
from search.labels import FACET_NAMES, SECTION_NAMES, Labels
from search.queries.finding import Answer, Found

SHOWN_VALUES = 8  # of a facet, besides those that are chosen
ORDERED = ("type", "language", "collection", "category")  # in their own order, not by what they hold


def html(pieces: Iterable[excerpts.Piece]) -> SafeString:
    return mark_safe(
        "".join(
            f"<mark>{escape(piece.text)}</mark>" if piece.marked else escape(piece.text) for piece in pieces
        )
    )


def wanted_in(asked: Asked, expansion: int, language: str) -> excerpts.Wanted:
    words = asked.words if expansion == DIRECT else asked.expansions[expansion].words
    return excerpts.wanted(words, asked.phrases, asked.codes, language)


def explained(found: Found, asked: Asked, texts: Iterable[str]) -> tuple[int, excerpts.Wanted]:
    """(the expansion by which an entry was found, the words to be marked in it).

    Engines know that a name in the entry's language did; which one, the texts tell.
    """
    first, language = found.hit.expansion, found.entry.language
    places = [first]
    if first != DIRECT:
        places += [at for at, each in enumerate(asked.expansions) if each.language == language]
    choices = {at: wanted_in(asked, at, language) for at in places}
    if len(choices) > 1:
        first = max(choices, key=lambda at: excerpts.closeness(texts, choices[at]))
    return first, choices[first]


def hit(found: Found, asked: Asked, language: str) -> dict[str, Any]:
    entry, shown = found.entry, found.shown
    texts = [] if found.outdated else [entry.summary, entry.body, entry.files]
    expansion, wanted = explained(found, asked, [shown.title, *texts])
    via = None if expansion == DIRECT else asked.expansions[expansion]
    label_language = str(shown.data.get("label_language", ""))
    title_language = str(shown.data.get("title_language", entry.language))
    return {
        "kind": entry.kind,
        "label": shown.label,
        "label_lang": label_language,
        "label_dir": direction(label_language) if label_language else "",
        "code": entry.code,
        "setting": shown.setting,
        "url": shown.url,
        "title": html(excerpts.marked(shown.title, wanted)),
        "title_lang": "" if title_language == language else title_language,
        "title_dir": "" if title_language == language else direction(title_language),
        "excerpt": html(excerpts.passage(texts, wanted)),
        "lang": "" if entry.language == language else entry.language,
        "dir": "" if entry.language == language else direction(entry.language),
        "lang_name": ""
        if entry.language == language
        else settings.LANGUAGE_NAMES.get(entry.language, entry.language),
        "via": via.term if via else "",
        "via_lang": via.language if via else "",
        "more": _more(found) if entry.section == FORUM and found.hit.more else "",
    }


def _more(found: Found) -> str:
    number = found.hit.more
    if found.hit.more_at_least:
        text = ngettext(
            "at least %(count)s other post of this topic was found",
            "at least %(count)s other posts of this topic were found",
            number,
        )
    else:
        text = ngettext(
            "%(count)s other post of this topic was found",
            "%(count)s other posts of this topic were found",
            number,
        )
    return text % {"count": number}


def sections(answer: Answer, filters: Filters, path: str, language: str) -> list[dict[str, Any]]:
    """Those with hits, and the one that is open: `name, url, count, leads, active, hits`."""
    found = []
    for key in SECTIONS:
        total = answer.hits.totals.get(key, 0)
        if total or key == filters.section:
            found.append(
                {
                    "key": key,
                    "name": SECTION_NAMES[key],
                    "url": path + filters.within(key).query(),
                    "total": total,
                    "count": count(total, key in answer.hits.at_least),
                    "leads": leads(total, key in answer.hits.at_least),
                    "active": key == filters.section,
                    "hits": [hit(each, answer.asked, language) for each in answer.rows.get(key, ())],
                }
            )
    return found


def count(number: int, at_least: bool) -> str:
    """As the reader's language writes it. `at_least`: there are more than were counted."""
    shown = number_format(number, force_grouping=True)
    return _("more than %(number)s") % {"number": shown} if at_least else shown


def leads(number: int, at_least: bool) -> str:
    """What a link to a section with so many hits says."""
    shown = number_format(number, force_grouping=True)
    if at_least:
        return _("More than %(shown)s results") % {"shown": shown}
    return ngettext("%(shown)s result", "All %(shown)s results", number) % {"shown": shown}


def facets(answer: Answer, filters: Filters, labels: Labels, path: str) -> list[dict[str, Any]]:
    """Of the section that is open: `key, name, rows` of `url, label, lang, count, active`."""
    section = filters.section
    found = []
    counts = answer.hits.facets
    authors = counts.get("author", {})
    labels.load_authors(
        [key for key in _shown_keys("author", authors, filters.keys("author")) if key in authors]
    )
    for name in FACETS.get(section, ()):
        chosen, counted = filters.keys(name), counts.get(name, {})
        keys = _shown_keys(name, counted, chosen)
        if name in ORDERED:
            order = list(labels.all(section, name))
            keys.sort(key=lambda key: order.index(key) if key in order else len(order))
        elif name == "year":
            keys.sort(key=lambda key: key if key != "unknown" else "", reverse=True)
        rows = []
        for key in keys:
            if not labels.is_named(section, name, key):
                continue
            label, lang = labels.name(section, name, key)
            number = counted.get(key, 0), name in answer.hits.facets_at_least
            if chosen == (key,):  # all that is left has it
                number = answer.hits.total, answer.hits.total_at_least
            rows.append(
                {
                    "url": path + filters.toggled(name, key).query(),
                    "label": label,
                    "lang": lang,
                    "count": count(*number),
                    "active": key in chosen,
                }
            )
        # One value that all hits have narrows nothing.
        if len(rows) > 1 or any(row["active"] for row in rows):
            found.append({"key": name, "name": FACET_NAMES[name], "rows": rows})
    return found


def _shown_keys(name: str, counted: Any, chosen: tuple[str, ...]) -> list[str]:
    ordered = sorted(counted, key=lambda key: (-counted[key], key))
    most = len(ordered) if name in ORDERED else SHOWN_VALUES
    return list(dict.fromkeys([*ordered[:most], *chosen]))


def chips(filters: Filters, labels: Labels, path: str) -> list[dict[str, Any]]:
    """What is chosen, each with the address without it."""
    found = []
    for name in FACETS.get(filters.section, ()):
        for key in filters.keys(name):
            label, lang = labels.name(filters.section, name, key)
            url = path + filters.toggled(name, key).query()
            found.append({"label": label, "lang": lang, "facet": FACET_NAMES[name], "url": url})
    return found


def also(answer: Answer, filters: Filters, path: str) -> dict[str, Any]:
    """The other names that were looked for, and the address where they are not."""
    terms = {each.term: each.language for each in answer.asked.expansions}
    return {
        "terms": [{"name": name, "lang": lang} for name, lang in terms.items()],
        "off": path + replace(filters, typed=True, page=1).query(),
        "on": path + replace(filters, typed=False, page=1).query() if filters.typed else "",
    }


def instead(answer: Answer, filters: Filters, path: str) -> dict[str, str]:
    """What may have been meant, with its address; {} where nothing else is offered."""
    if not answer.did_you_mean:
        return {}
    return {"text": answer.did_you_mean, "url": path + Filters(answer.did_you_mean).query()}
