"""Entries as they stand in lists: flat values, so that templates decide nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core.entries import Shown
from cms.core.referrers import Referrals
from cms.taxonomy.tree import Branch, Tree


@dataclass(frozen=True, slots=True)
class Link:
    """`lang` and `dir` are "" where the name is in the reader's language."""

    name: str
    url: str
    lang: str = ""
    dir: str = ""
    note: str = ""
    count: int = 0
    depth: int = 0


def branch_link(section: str, branch: Branch, count: int = 0, depth: int = 0, note: str = "") -> Link:
    """`section` is the name of the address: "theme" or "territory"."""
    url = reverse(f"taxonomy:{section}", args=[branch.slug])
    return Link(branch.name, url, branch.lang, branch.dir, note, count, depth)


def entry_link(section: str, shown: Shown) -> Link:
    url = reverse(f"taxonomy:{section}", args=[shown.entry.slug])
    # A person's name is the same in every language.
    lang = "" if section == "person" else shown.lang
    return Link(shown.entry.name, url, lang, shown.dir if lang else "")


def place_name(territories: Tree, key) -> str:
    """`Schifflange, Luxembourg`: the territory and its country, or "" where there is none."""
    path = territories.path(key)
    if not path:
        return ""
    country = next((branch for branch in path[:-1] if branch.kind == "country"), None)
    if country is None:
        return path[-1].name
    return _("%(place)s, %(country)s") % {"place": path[-1].name, "country": country.name}


def entry_card(section: str, shown: Shown, territories: Tree | None = None, count: int = 0) -> dict:
    link = entry_link(section, shown)
    territory = shown.entry.territory_id and shown.entry.territory.translation_key
    place = place_name(territories, territory) if territories else ""
    return {
        "title": link.name,
        "url": link.url,
        "lang": link.lang,
        "dir": link.dir,
        "acronym": getattr(shown.entry, "acronym", ""),
        "where": place,
        "setting": place,
        "summary": shown.entry.mandate,
        "summary_lang": shown.lang,
        "summary_dir": shown.dir,
        "count": count,
    }


def group_of(key: str, heading: str, section: str, rows: Iterable[Shown], start: int, stop: int) -> Referrals:
    rows = list(rows)
    return Referrals(key, heading, len(rows), [entry_card(section, row) for row in rows[start:stop]])
