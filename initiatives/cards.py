"""A work as it stands in a list: one flat dict per card; templates then neither ask nor decide."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from cms.core.dates import written_date, written_span
from cms.core.languages import direction

from .catalogue import Catalogue, Version, Work
from .rules import KINDS


def when(work: Work, lang: str) -> str:
    """When a work took place or was written, in `lang`, which is the active language."""
    return _when(work.starts, work.ends, work.date, work.date_precision, lang)


@lru_cache(maxsize=8192)
def _when(starts: date | None, ends: date | None, day: date | None, precision: str, lang: str) -> str:
    return written_span(starts, ends) or written_date(day, precision)


def where(catalogue: Catalogue, work: Work, lang: str) -> str:
    """`Schifflange, Luxembourg`: its place and the country that lies in. `lang` is the active language."""
    said = catalogue.places_said
    slot = (work.key, lang)
    if slot not in said:
        said[slot] = _where(catalogue, work, lang)
    return said[slot]


def _where(catalogue: Catalogue, work: Work, lang: str) -> str:
    place = catalogue.place(work)
    if place is None:
        return ""
    country = catalogue.country(place)
    name = place.label(lang)[0]
    return (
        _("%(place)s, %(country)s") % {"place": name, "country": country.label(lang)[0]} if country else name
    )


def language_pills(work: Work, languages: Iterable[str]) -> list[dict]:
    """One per open language: `code, name, url, original, state` (original, translated, or missing: no url)."""
    pills = []
    for code in languages:
        version, original = work.versions.get(code), code == work.original
        pills.append(
            {
                "code": code,
                "name": settings.LANGUAGE_NAMES[code],
                "url": version.url if version else "",
                "original": original,
                "state": "missing" if not version else "original" if original else "translated",
            }
        )
    return pills


def foreign_language(version: Version, lang: str) -> dict:
    """`lang`, `lang_name` and `dir` of a page in another language than the reader's; empty in theirs."""
    if version.lang == lang:
        return {"lang": "", "lang_name": "", "dir": ""}
    return {
        "lang": version.lang,
        "lang_name": settings.LANGUAGE_NAMES.get(version.lang, version.lang),
        "dir": direction(version.lang),
    }


def cards(
    catalogue: Catalogue,
    works: Iterable[Work],
    lang: str,
    languages: Iterable[str],
    summaries: Mapping[int, str],
) -> list[dict]:
    """Cards of `works` for a reader of `lang`; `lang` and `dir` are set where a work is in another."""
    languages = tuple(languages)
    names = {kind.lower(): str(name) for kind, name in KINDS.items()}
    found = []
    for work in works:
        version = work.version(lang)
        foreign = foreign_language(version, lang)
        place, time = where(catalogue, work, lang), when(work, lang)
        found.append(
            {
                "kind": work.kind,
                "kind_name": names[work.kind],
                "code": work.code,
                "where": place,
                "when": time,
                "setting": f"{place} · {time}" if place and time else place or time,
                "title": version.title,
                "url": version.url,
                "summary": summaries.get(version.page_id, ""),
                "summary_lang": foreign["lang"],
                "summary_dir": foreign["dir"],
                "languages": language_pills(work, languages),
                "part": "",  # the part an entry has in it, on the page of that entry
                **foreign,
            }
        )
    return found
