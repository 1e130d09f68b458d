"""A translation as a file, for who works away from the site."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cms.translations.formats import LARGEST, FileRefused, OutgoingFile, write_po, write_xliff
from cms.translations.models import TranslationTask
from cms.translations.services.claiming import NotInReach
from cms.translations.services.drafting import NotHolder
from cms.translations.services.filing import Imported, import_file, outgoing

from .reach import for_its_people, person

# How it is written, its media type, the ending of its name.
FORMS: dict[str, tuple[Callable[[OutgoingFile], bytes], str, str]] = {
    "po": (write_po, "text/x-gettext-translation; charset=utf-8", "po"),
    "xliff": (write_xliff, "application/xliff+xml; charset=utf-8", "xlf"),
}


@require_safe
@for_its_people
def export(request: HttpRequest, task: TranslationTask, form: str) -> HttpResponse:
    """The whole translation as a file to take along."""
    write, content_type, ending = FORMS[form]
    name = f"{slugify(task.work.title)[:60] or 'translation'}-{task.target_locale.language_code}.{ending}"
    response = HttpResponse(write(outgoing(task)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@for_its_people
def take_file(request: HttpRequest, task: TranslationTask) -> HttpResponse:
    """Takes a file back in, and says what of it could not be taken."""
    try:
        done = _import(request, task)
    except FileRefused as error:
        return _told(request, task, 422, error=str(error))
    except (NotHolder, PermissionDenied):
        return _told(request, task, 409, error=_("Claim this translation first. The file was not taken."))
    except NotInReach:
        return _told(
            request,
            task,
            409,
            error=_("It is in review, or its original is not public. The file was not taken."),
        )
    said = ngettext("%(count)s segment was taken.", "%(count)s segments were taken.", done.written) % {
        "count": done.written
    }
    if done.left_out:
        return _told(request, task, 200, said=said, left_out=done.left_out)
    messages.success(request, said)
    return redirect("translations_edit", task.pk)


def _import(request: HttpRequest, task: TranslationTask) -> Imported:
    sent = request.FILES.get("file")
    if sent is None:
        raise FileRefused(_("Choose a file first."))
    if sent.size and sent.size > LARGEST:
        # Said before it is read.
        raise FileRefused(
            _("The file is larger than %(number)s MB. Send the file of one document only.")
            % {"number": LARGEST // 1_000_000}
        )
    return import_file(person(request), task, sent.name or "", sent.read())


def _told(request: HttpRequest, task: TranslationTask, status: int, **context) -> HttpResponse:
    return render(request, "translations/admin/imported.html", {"task": task, **context}, status=status)
