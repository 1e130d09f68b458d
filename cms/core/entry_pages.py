"""The page of a shared entry: what all of them have in common, whichever app the entry belongs to.

An app registers, in `ready()`, what its page shows:
`register_entry_page(Person, "taxonomy:person", builder)`.
The page and the preview in the editor are then made in the same way.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import get_language

from cms.core.alternates import Alternate
from cms.core.entries import Shown
from cms.core.paging import Window, asked_window
from cms.core.referrers import PER_PAGE

EntryContext = Callable[[Shown, str, Window], dict]
"""`context(shown, language, window)`; its `groups` are `Referrals`, sliced to the window."""
_builders: dict[type[Model], EntryContext] = {}
_addresses: dict[type[Model], str] = {}


def register_entry_page(model: type[Model], address: str, builder: EntryContext) -> None:
    """`address` is the name of the page's address, which takes the entry's key."""
    _addresses[model] = address
    _builders[model] = builder


def entry_address(entry: Any) -> str | None:
    """Where the page of an entry stands, in the entry's own language. None while it has no key."""
    locale = getattr(entry, "locale", None)
    try:
        with translation.override(locale.language_code if locale else settings.LANGUAGE_CODE):
            return settings.BASE_URL + reverse(_addresses[type(entry)], args=[entry.slug])
    except (KeyError, NoReverseMatch):
        return None


def template_of(model: type[Model]) -> str:
    return f"{model._meta.app_label}/{model._meta.model_name}_detail.html"


def entry_context(shown: Shown, language: str, window: Window) -> dict:
    """The template context of an entry's page in `language`."""
    context = _builders[type(shown.entry)](shown, language, window)
    groups = context["groups"]
    total = max((group.total for group in groups), default=0)
    return {
        "entry": shown.entry,
        "shown": shown,
        "groups": [group for group in groups if group.cards],
        "nothing_refers": not total,
        "turning": window.turning(total, "?page={}".format),
        "total": total,
        "noindex": bool(shown.lang),
    } | {name: value for name, value in context.items() if name != "groups"}


def entry_page(
    request: HttpRequest, shown: Shown, alternates: Callable[[], Iterable[Alternate]]
) -> HttpResponse:
    """The public page of an entry; a page of referrers that does not exist leads to one that does."""
    window = asked_window(request, PER_PAGE)
    context = entry_context(shown, get_language(), window)
    if address := window.corrected(request, context["total"]):
        return HttpResponseRedirect(address)
    context["alternates"] = alternates()
    context["canonical_url"] = canonical(request, window)
    return render(request, template_of(type(shown.entry)), context)


def canonical(request: HttpRequest, window: Window | None = None) -> str:
    """The address of the page without what only narrows or marks it."""
    page = f"?page={window.number}" if window and window.number > 1 else ""
    return f"{settings.BASE_URL}{request.path}{page}"


def preview_context(entry: Model) -> dict:
    """What the preview of an entry shows: its page, as it is being edited, in its own language."""
    if type(entry) not in _builders:
        return {}
    locale = getattr(entry, "locale", None)
    language = locale.language_code if locale else get_language()
    shown = Shown(entry, "", {language: entry})
    return entry_context(shown, language, Window(1, PER_PAGE))
