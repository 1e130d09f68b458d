"""How often one connection may do what needs no account."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def may_try(request: HttpRequest, what: str, allowed: int, seconds: int) -> bool:
    """Count one more try of `what` from this connection: at most `allowed` within `seconds`.

    The visitor's address is kept as a keyed digest.
    """
    key = f"tries:{what}:{visitor_digest(request, what)}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= allowed
    except ValueError:  # it expired between the two steps
        cache.set(key, 1, seconds)
        return True


def visitor_digest(request: HttpRequest, what: str) -> str:
    """Tells visitors apart without telling who they are: of their address, not of a proxy's that they share."""
    address = get_adapter(request).get_client_ip(request)
    return salted_hmac(f"tries.{what}", address, algorithm="sha256").hexdigest()[:32]
