"""Linked data (schema.org) as it stands in a page: data, never run as a script."""

import json

from django.utils.safestring import SafeString, mark_safe

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def linked_data(kind: str, **properties) -> SafeString:
    """JSON-LD of one thing. Empty properties are left out; nothing in it can close the `script` element."""
    data = {"@context": "https://schema.org", "@type": kind}
    data |= {name: value for name, value in properties.items() if value not in ("", None, [], {})}
    return as_script(data)


def as_script(data: dict) -> SafeString:
    """JSON that can stand inside a `script` element: nothing in it can close the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))
