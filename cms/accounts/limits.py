"""When somebody who tried too often may try again."""

import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import get_cache_key, parse_rates
from django.core.cache import cache
from django.http import HttpRequest

ACCOUNTS = "allauth.account"
# Which limits (of settings.ACCOUNT_RATE_LIMITS) stand before which address.
ACTIONS = {
    "account_login": ("login", "login_failed"),
    "account_reauthenticate": ("reauthenticate", "login_failed"),
    "account_signup": ("signup",),
    "account_reset_password": ("reset_password",),
    "account_reset_password_from_key": ("reset_password_from_key",),
    "account_change_password": ("change_password",),
    "account_set_password": ("change_password",),
    "account_email": ("manage_email",),
}
DEFAULT_WAIT = 60


def seconds_to_wait(request: HttpRequest) -> int:
    """Seconds until the limit that stopped `request` lets one more through; at least 1."""
    match = getattr(request, "resolver_match", None)
    now = time.time()
    waits = []
    for action in ACTIONS.get(match.url_name if match else "", ()):
        for rate in parse_rates(app_settings.RATE_LIMITS.get(action)):
            key = limited_key(request, action) if rate.per == "key" else None
            if (rate.per == "key" and not key) or (rate.per == "user" and not request.user.is_authenticated):
                continue
            hits = cache.get(get_cache_key(request, app=ACCOUNTS, action=action, rate=rate, key=key), [])
            if len(hits) >= rate.amount:
                waits.append(hits[rate.amount - 1] + rate.duration - now)
    return max(1, round(max(waits, default=DEFAULT_WAIT)))


def limited_key(request: HttpRequest, action: str) -> str:
    """What allauth counts by: the address or name that was typed. Empty if none was."""
    if action == "login_failed":
        login = request.POST.get("login", "").strip()
        if not login and request.user.is_authenticated:
            login = request.user.email
        return get_adapter(request)._get_login_attempts_cache_key(request, email=login) if login else ""
    return request.POST.get("email", "").strip().lower()
