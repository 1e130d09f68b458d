"""Small views around allauth's: the language, the way in and out of the editing screens, "too many tries"."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cms.accounts.adapter import remember_language
from cms.accounts.limits import seconds_to_wait
from cms.core.languages import open_language_codes


def safe_next(request: HttpRequest, default: str) -> str:
    """The address of this site in `?next=` or in the form, else `default`."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return default


@never_cache
@require_GET
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language for addresses that carry none, and go back."""
    if code not in open_language_codes():
        raise Http404("language not open")
    response = HttpResponseRedirect(safe_next(request, reverse("account_login")))
    remember_language(response, code)
    return response


@never_cache
def to_log_in(request: HttpRequest, default: str) -> HttpResponse:
    """Every other log-in form of the libraries leads here, then back or to the view named `default`."""
    target = safe_next(request, reverse(default))
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': target})}")


@never_cache
def to_password_reset(request: HttpRequest, **kwargs) -> HttpResponse:
    return HttpResponseRedirect(reverse("account_reset_password"))


@never_cache
def log_out_of_admin(request: HttpRequest) -> HttpResponse:
    """The editing screens' log-out button posts here; a plain visit is asked first."""
    if request.method != "POST":
        return redirect("account_logout")
    adapter = get_adapter(request)
    adapter.logout(request)
    return HttpResponseRedirect(adapter.get_logout_redirect_url(request))


@never_cache
def no_shared_password(request: HttpRequest, **kwargs) -> HttpResponse:
    """Pages and files are never opened by a shared password: whoever may read them has an account."""
    raise Http404("no page passwords")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Says when to try again, in seconds for programs and in words for people."""
    wait = seconds_to_wait(request)
    response = render(
        request,
        "accounts/too_many_requests.html",
        {"minutes": -(-wait // 60), "seconds": wait, "noindex": True},
        status=429,
    )
    response.headers["Retry-After"] = str(wait)
    response.headers["Cache-Control"] = "private, no-store"
    return response
