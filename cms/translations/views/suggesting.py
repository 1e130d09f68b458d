"""What could be said for a segment, numbered, and the terms of the glossary that stand in it."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cms.core.errors import permission_denied
from cms.core.languages import direction
from cms.translations.inline import plain_text
from cms.translations.machines import MachineFault, chosen_machine, translate_segment
from cms.translations.markup import Piece
from cms.translations.models import TranslationTask
from cms.translations.queries.glossary import term_index, terms_shown
from cms.translations.queries.suggestions import MOST, Suggestion, source_change, suggestions_for
from cms.translations.rules import MACHINE
from cms.translations.views.reach import for_its_people, hand_of


@dataclass(frozen=True, slots=True)
class Offer:
    suggestion: Suggestion
    change: list[Piece]  # from the source it was said for to the segment's


@for_its_people
@require_GET
def suggestions(request: HttpRequest, task: TranslationTask, key: str) -> HttpResponse:
    """For who may write. With `?machine=1` the machine is asked too, if the site has one."""
    if not hand_of(request.user, task).writes:
        return permission_denied(request)
    source = next((each.text for each in task.work.source if each.key == key), None)
    if source is None:
        raise Http404("no such segment")
    found, trouble = suggestions_for(task, key), ""
    machine = chosen_machine()
    asked = machine is not None and (
        settings.MACHINE_TRANSLATION_UNASKED or request.GET.get("machine") == "1"
    )
    if asked:
        found, trouble = _with_machine(found, task, source)
    languages = task.work.source_locale.language_code, task.target_locale.language_code
    context = {
        "offers": [Offer(each, source_change(each, source)) for each in found],
        "terms": terms_shown(plain_text(source), term_index(*languages)),
        "machine": machine if not asked or trouble else None,
        "trouble": trouble,
        "source_lang": languages[0],
        "source_dir": direction(languages[0]),
        "target_lang": languages[1],
        "target_dir": direction(languages[1]),
    }
    return render(request, "translations/admin/_suggestions.html", context)


def _with_machine(
    found: list[Suggestion], task: TranslationTask, source: str
) -> tuple[list[Suggestion], str]:
    """The machine's words stand last, whatever it thinks of them. The second is why there are none."""
    machine = chosen_machine()
    if machine is None:
        return found, ""
    languages = task.work.source_locale.language_code, task.target_locale.language_code
    try:
        words = translate_segment(machine, source, *languages)
    except MachineFault as fault:
        return found, str(fault)
    kept = found[: MOST - 1]
    note = _("by %(name)s, a machine: read it before you use it") % {"name": machine.name}
    return [*kept, Suggestion(len(kept) + 1, MACHINE, words, 0, note)], ""
