"""Who watches what."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from wagtail.models import Page

from cms.core.languages import direction, open_language_codes
from cms.core.visibility import visible_pages
from cms.wiki import kinds
from cms.wiki.models import Watch
from cms.wiki.models.watch import COLLECTION, LANGUAGE, PAGE, TYPE

LONGEST_ID = 18  # digits: more are no id


def watchers_of(page: Page, language: str) -> set[int]:
    """Ids of those who watch `page`, of its own type, or something it belongs to; each once.

    Who stopped watching the page itself is not among them, whatever else they watch. Two queries at most.
    """
    wanted = Q(kind=PAGE, key=str(page.pk)) | Q(kind=LANGUAGE, key=language)
    if kind := kinds.kind_of(page):
        wanted |= Q(kind=TYPE, key=kind.key)
    if works := kinds.collections_holding(page):
        wanted |= Q(kind=COLLECTION, key__in=works)
    stopped = Watch.objects.filter(kind=PAGE, key=str(page.pk), active=False)
    rows = Watch.objects.filter(wanted, active=True).exclude(user__in=stopped.values("user"))
    return set(rows.values_list("user_id", flat=True))


def is_watched(user, kind: str, key: str) -> bool:
    return Watch.objects.filter(user=user, kind=kind, key=key, active=True).exists()


@dataclass(frozen=True, slots=True)
class Watched:
    """One line of the watchlist. `title` is empty where the thing is not there for the person now."""

    kind: str
    key: str
    title: str
    active: bool
    lang: str = ""
    page: Page | None = None

    @property
    def dir(self) -> str:
        return direction(self.lang)

    @property
    def language_name(self) -> str:
        """Of a page in another language than the reader's, so that the versions of one page can be told apart."""
        return settings.LANGUAGE_NAMES[self.lang] if self.kind == PAGE and self.lang else ""


def watches_of(user, language: str) -> list[Watched]:
    """What `user` watches, and the pages they stopped watching; filters first, then pages by title.

    Two queries, whatever their number, and what listing collections asks.
    """
    rows = list(Watch.objects.filter(user=user).order_by("kind", "key").values_list("kind", "key", "active"))
    pages = pages_by_key(user, [key for kind, key, _active in rows if kind == PAGE])
    names = names_of_filters(language)
    found = []
    for kind, key, active in rows:
        if kind == PAGE:
            page = pages.get(key)
            lang = page.locale.language_code if page else ""
            found.append(
                Watched(kind, key, page.title if page else "", active, "" if lang == language else lang, page)
            )
        else:
            title, lang = names.get((kind, key), ("", ""))
            found.append(Watched(kind, key, title, active, lang))
    return sorted(
        found, key=lambda each: (each.kind == PAGE, not each.active, each.kind, each.title, each.key)
    )


def pages_by_key(user, keys: list[str]) -> dict[str, Page]:
    ids = [int(key) for key in keys if key.isdecimal() and len(key) <= LONGEST_ID]
    if not ids:
        return {}
    rows = visible_pages(Page.objects.all(), user).filter(pk__in=ids).select_related("locale")
    return {str(page.pk): page for page in rows}


def names_of_filters(language: str) -> dict[tuple[str, str], tuple[str, str]]:
    """(name, its language where it is not `language`) of all that can be watched but pages, by kind and key."""
    names = {(LANGUAGE, code): (settings.LANGUAGE_NAMES[code], code) for code in open_language_codes()}
    names |= {(TYPE, kind.key): (str(kind.name), "") for kind in kinds.kinds()}
    names |= {(COLLECTION, row.work): (row.title, row.lang) for row in kinds.collections(language)}
    return names
