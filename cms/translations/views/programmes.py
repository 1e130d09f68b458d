"""`/admin/translations/languages/`: administrators open and close languages."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from cms.core.doors import only_for
from cms.core.languages import open_language_codes
from cms.translations.programme_forms import ProgrammeForm
from cms.translations.queries.programmes import programme_of, programme_rows
from cms.translations.queries.rights import is_administrator
from cms.translations.services.programmes import (
    AlreadyOpen,
    NotOpen,
    change_terms,
    close_language,
    open_language,
    reopen_language,
)
from cms.translations.views.reach import person

for_administrators = only_for(is_administrator)


@for_administrators
@require_GET
def programmes(request: HttpRequest) -> HttpResponse:
    return render(request, "translations/admin/programmes.html", {"rows": programme_rows()})


@for_administrators
@require_http_methods(["GET", "POST"])
def programme(request: HttpRequest, code: str) -> HttpResponse:
    if code not in settings.LANGUAGE_NAMES:
        raise Http404("no such language")
    standing = programme_of(code)
    if request.method == "POST" and request.POST.get("do") in ("close", "reopen"):
        return _turn(request, code, request.POST["do"])
    form = ProgrammeForm(request.POST if request.method == "POST" else None, programme=standing)
    if form.is_valid() and _keep(request, code, form):
        return redirect("translations_programmes")
    context = {
        "code": code,
        "name": settings.LANGUAGE_NAMES[code],
        "is_open": code in open_language_codes(),
        "programme": standing,
        "form": form,
    }
    return render(request, "translations/admin/programme.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, code: str, form: ProgrammeForm) -> bool:
    opening = request.POST.get("do") == "open"
    keep = open_language if opening else change_terms
    name = {"name": settings.LANGUAGE_NAMES[code]}
    try:
        keep(person(request), code, form.terms(), form.cleaned_data["reviewers"])
    except AlreadyOpen:
        messages.warning(
            request,
            _("%(name)s has been opened by somebody else in the meantime. Nothing of yours was kept.") % name,
        )
        return True
    except NotOpen:
        messages.warning(request, _("%(name)s is not open. Nothing was changed.") % name)
        return True
    except ValidationError as error:
        form.add_error(None, error)
        return False
    said = (
        _("%(name)s is open: its pages, its groups and its queue are there.")
        if opening
        else _("%(name)s: saved.")
    )
    messages.success(request, said % name)
    return True


def _turn(request: HttpRequest, code: str, what: str) -> HttpResponse:
    name = {"name": settings.LANGUAGE_NAMES[code]}
    try:
        if what == "close":
            close_language(person(request), code)
            said = _("%(name)s is closed to new translations. What exists stays readable.")
        else:
            reopen_language(person(request), code)
            said = _("%(name)s is open again: the queue asks for its translations.")
        messages.success(request, said % name)
    except (AlreadyOpen, NotOpen):
        messages.warning(request, _("%(name)s stands so already: somebody else was first.") % name)
    return redirect("translations_programmes")
