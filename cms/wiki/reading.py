"""Which changes a request asks for, of those that can be asked for."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from cms.core.languages import open_language_codes
from cms.wiki import kinds
from cms.wiki.filters import Asked, read
from cms.wiki.rules import SIGNIFICANCES


def read_asked(request: HttpRequest, known: list[kinds.ListedCollection]) -> Asked:
    return read(
        request.GET,
        {
            "language": open_language_codes(),
            "type": [kind.key for kind in kinds.kinds()],
            "collection": [entry.key for entry in known],
            "significance": [code for code, _name in SIGNIFICANCES],
        },
    )


def known_collections() -> list[kinds.ListedCollection]:
    return kinds.collections(get_language() or settings.LANGUAGE_CODE)
