"""What is not public yet, shown as its page would look in a frame on one of our own screens."""

import re

from django.http import HttpRequest, HttpResponse

SCRIPT = re.compile(rb"<script\b.*?</script>", re.DOTALL)


def framed(shown, request: HttpRequest) -> HttpResponse:
    """The page or entry `shown` by its own template, under the policy of public pages, framed by the site alone."""
    # Tells the middleware which policy holds.
    request.is_preview = True  # type: ignore[attr-defined]
    response = shown.make_preview_request(request, shown.default_preview_mode)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["X-Robots-Tag"] = "noindex"
    if request.headers.get("Sec-Fetch-Dest") == "iframe":
        # The frame runs no scripts (`sandbox`): the browser would complain of each that it is sent.
        response.content = SCRIPT.sub(b"", response.content)
        response.headers["Content-Length"] = str(len(response.content))
    return response
