"""The settings: what a person wants to be told of, and how."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from cms.core.alternates import alternates_for_address
from cms.notifications.forms import ChoicesForm
from cms.notifications.queries import confirmed_address, offered_kinds, wishes
from cms.notifications.services import save_wishes


@cache_control(private=True, no_store=True)
@login_required
@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    form = ChoicesForm(
        request.POST or None, kinds=offered_kinds(request.user), wishes=wishes(request.user), prefix="told"
    )
    if request.method == "POST" and form.is_valid():
        save_wishes(request.user, form.wishes())
        messages.success(request, _("Your choices are saved."))
        return HttpResponseRedirect(reverse("notifications:choices"))
    context = {
        "form": form,
        "address": confirmed_address(request.user),
        "alternates": alternates_for_address(request),
        "noindex": True,
        "nav": "desk",
    }
    return render(request, "notifications/choices.html", context)
