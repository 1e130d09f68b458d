"""Content security: one policy for the public site, another for the editing screens."""

import re
import secrets

from django.conf import settings
from django.utils.encoding import force_bytes

PUBLIC_POLICY = (
    "default-src 'self'; img-src 'self' data:{tiles}; script-src 'self'; style-src 'self'; object-src 'none'; "
    "frame-src https://www.youtube-nocookie.com https://player.vimeo.com; base-uri 'none'; form-action 'self'; "
    "frame-ancestors {frames}"
)
ADMIN_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; script-src 'self' 'nonce-{nonce}'; "
    "style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'"
)
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\s(?:src|nonce)=)", re.IGNORECASE)


class SecurityHeadersMiddleware:
    """Adds the policy. Wagtail's inline scripts get a nonce, only under /admin/ (public pages have none)."""

    def __init__(self, get_response):
        self.get_response = get_response
        tiles = f" {tile_origin()}" if settings.MAP_TILES_URL else ""
        self.public = PUBLIC_POLICY.format(tiles=tiles, frames="'none'")
        self.framed = PUBLIC_POLICY.format(tiles=tiles, frames="'self'")

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            if getattr(request, "is_preview", False):
                response.headers["Content-Security-Policy"] = self.framed
            else:
                self.bless_admin(response)
        else:
            response.headers.setdefault("Content-Security-Policy", self.public)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    def bless_admin(self, response) -> None:
        nonce = secrets.token_urlsafe(16)
        response.headers["Content-Security-Policy"] = ADMIN_POLICY.format(nonce=nonce)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            response.content = INLINE_SCRIPT.sub(
                b'<script nonce="' + force_bytes(nonce) + b'"', response.content
            )


def tile_origin() -> str:
    """`https://{s}.tiles.example/{z}/…` gives `https://*.tiles.example`."""
    scheme, _, rest = settings.MAP_TILES_URL.partition("://")
    return f"{scheme}://{rest.split('/')[0].replace('{s}', '*')}"
