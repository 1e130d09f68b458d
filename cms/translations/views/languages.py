"""`/{lang}/languages/`: how far each language is, who pays for it, who translates, how to help."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.alternates import alternates_for_address
from cms.core.dates import written_date, written_span
from cms.core.languages import direction
from cms.core.page_cache.decorators import public_page
from cms.translations.queries.programmes import LanguageState, language_states
from cms.wiki.wording import language_in_words

NAMES = 12


@dataclass(frozen=True, slots=True)
class Row:
    state: LanguageState
    code: str
    dir: str
    own_name: str
    name: str  # in the reader's language
    fresh_share: int  # of a hundred
    behind_share: int
    share: str  # what exists, in words
    period: str
    closed_on: str
    budget: str
    paid: str
    funder_url: str
    funder_dir: str
    translators: list[tuple[str, int]]
    others: int


@public_page
def languages(request: HttpRequest) -> HttpResponse:
    rows = [_row(state) for state in language_states(get_language() or "en")]
    context = {
        "rows": rows,
        "total": rows[0].state.total if rows else 0,
        "alternates": alternates_for_address(request),
        "nav": "languages",
    }
    return render(request, "translations/languages.html", context)


def _row(state: LanguageState) -> Row:
    programme = state.programme
    fresh, exists = _shares(state)
    return Row(
        state=state,
        code=state.code,
        dir=direction(state.code),
        own_name=settings.LANGUAGE_NAMES[state.code],
        name=language_in_words(state.code),
        fresh_share=fresh,
        behind_share=exists - fresh,
        share=_("%(percent)s %%") % {"percent": number_format(exists)},
        period=_period(programme),
        closed_on=written_date(timezone.localdate(programme.closed_at))
        if programme and programme.closed_at
        else "",
        budget=number_format(programme.word_budget, force_grouping=True)
        if programme and programme.word_budget
        else "",
        paid=number_format(state.paid_words, force_grouping=True),
        funder_url=reverse("taxonomy:organisation", args=[state.funder.slug]) if state.funder else "",
        funder_dir=direction(state.funder_lang),
        translators=state.translators[:NAMES],
        others=max(0, len(state.translators) - NAMES),
    )


def _shares(state: LanguageState) -> tuple[int, int]:
    """(of a hundred what is up to date, what exists); what exists is never rounded to nothing, nor a gap away."""
    if not state.total:
        return 0, 0
    exists = _of_hundred(state.exists, state.total)
    return min(exists, round(100 * state.fresh / state.total)), exists


def _of_hundred(part: int, whole: int) -> int:
    share = round(100 * part / whole)
    if 0 < part < whole:
        return min(99, max(1, share))
    return share


def _period(programme) -> str:
    if programme is None:
        return ""
    if programme.begins_on and programme.ends_on:
        return written_span(programme.begins_on, programme.ends_on)
    if programme.begins_on:
        return _("since %(day)s") % {"day": written_date(programme.begins_on)}
    if programme.ends_on:
        return _("until %(day)s") % {"day": written_date(programme.ends_on)}
    return ""
