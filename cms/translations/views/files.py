"""A translation as a file, for who works away from the site."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cms.translations.formats import LARGEST, FileRefused, OutgoingFile, write_po, write_xliff
from cms.translations.services.claiming import NotInReach
from cms.translations.services.drafting import NotHolder
from cms.translations.services.filing import import_file, outgoing

from .tasks import task_or_404

FORMS: dict[str, tuple[Callable[[OutgoingFile], bytes], str, str]] = {
    "po": (write_po, "text/x-gettext-translation; charset=utf-8", "po"),
    "xliff": (write_xliff, "application/xliff+xml; charset=utf-8", "xlf"),
}


@require_safe
def export(request: HttpRequest, task_id: int, form: str) -> HttpResponse:
    """The whole translation as a file to take along."""
    task = task_or_404(request.user, task_id)
    write, content_type, ending = FORMS[form]
    name = f"{slugify(task.work.title)[:60] or 'translation'}-{task.target_locale.language_code}.{ending}"
    response = HttpResponse(write(outgoing(task)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def take_file(request: HttpRequest, task_id: int) -> HttpResponse:
    """Takes a file back in, and says what of it could not be taken."""
    task = task_or_404(request.user, task_id)
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise FileRefused(_("Choose a file first."))
        if sent.size and sent.size > LARGEST:
            raise FileRefused(
                _("The file is too large: %(size)s MB at most.") % {"size": LARGEST // 1_000_000}
            )
        done = import_file(request.user, task, sent.read())
    except FileRefused as error:
        return _told(request, task, error=str(error), status=422)
    except NotHolder:
        return _told(
            request, task, error=_("Claim this translation first; the file was not taken."), status=409
        )
    except NotInReach:
        return _told(
            request,
            task,
            error=_("It is in review, or its original is not public: the file was not taken."),
            status=409,
        )
    said = ngettext("%(count)s segment was taken.", "%(count)s segments were taken.", done.written) % {
        "count": done.written
    }
    if not done.left_out:
        messages.success(request, said)
        return redirect("translations_edit", task.pk)
    return _told(request, task, said=said, left_out=done.left_out, status=200)


def _told(request: HttpRequest, task, *, status: int, **context) -> HttpResponse:
    return render(request, "translations/admin/imported.html", {"task": task, **context}, status=status)
