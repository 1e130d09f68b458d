"""The link in each mail that ends such mails: without logging in, by a POST only (RFC 8058)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.accounts.adapter import interface_language
from cms.notifications.services import BadToken, OldToken, Subscription, read_token, unsubscribe


@cache_control(private=True, no_store=True)
@csrf_exempt  # mail programs post here by themselves; the signature in the address is what allows it
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, and changes nothing: programs that look through mails open every link. POST does it at once."""
    try:
        subscription = read_token(token)
    except BadToken:
        return answer(request, {"problem": "bad"}, status=404)
    except OldToken:
        return answer(request, {"problem": "old"}, status=410)
    with translation.override(interface_language(subscription.user)):
        if request.method != "POST":
            return answer(request, about(subscription))
        everything = request.POST.get("all") == "1"
        left = unsubscribe(subscription, everything=everything)
        stopped = everything or not subscription.can_leave
        return answer(request, about(subscription) | {"done": True, "left": left, "stopped": stopped})


def about(subscription: Subscription) -> dict:
    return {"kinds": subscription.kinds, "can_leave": subscription.can_leave}


def answer(request: HttpRequest, context: dict, status: int = 200) -> HttpResponse:
    more = {"choices": reverse("notifications:choices"), "noindex": True}
    response = render(request, "notifications/stop.html", context | more, status=status)
    response.headers["Content-Language"] = translation.get_language()
    return response
