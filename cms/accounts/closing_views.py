"""`/{lang}/me/close/`: closing one's own account, with the password asked again."""

from allauth.account.adapter import get_adapter
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.accounts.closing import parts
from cms.accounts.forms import ClosingForm
from cms.accounts.leaving import LastAdministrator, close_account, is_last_administrator
from cms.accounts.models import User
from cms.core.alternates import alternates_for_address
from cms.core.page_cache.decorators import personal_page


@personal_page
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Tries at the password are counted with those at the log-in."""
    user: User = request.user  # type: ignore[assignment]  # of who is logged in
    known = parts()
    form = ClosingForm(request.POST or None, parts=known, initial={"credit": user.credit_after_closing})
    if request.method == "POST" and form.is_valid():
        if not get_adapter(request).reauthenticate(user, form.cleaned_data["password"]):
            form.add_error("password", _("This is not your password. Please try again."))
        else:
            try:
                close_account(user, form.chosen(), form.cleaned_data["credit"])
            except LastAdministrator:
                form.add_error(None, _("You are the only administrator. Make somebody else one first."))
            else:
                logout(request)
                return redirect("accounts_closed")
    context = {
        "form": form,
        "says": [words for part in known for words in part.says],
        "last_administrator": is_last_administrator(user),
        "alternates": alternates_for_address(request),
        "noindex": True,
    }
    return render(request, "accounts/close.html", context, status=422 if form.errors else 200)


@personal_page
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Says that it is done, and nothing of whom: anyone may open this address."""
    context = {"alternates": alternates_for_address(request), "noindex": True}
    return render(request, "accounts/closed.html", context)
