"""The form at the foot of a topic while nothing is written in it: the same for all but for a few values.

It is made once for each language, with stand-ins that nobody can know, and filled in for each who asks.
"""

import secrets
from uuid import UUID, uuid4

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.core.languages import open_language_codes
from forum.addresses import start
from forum.forms import WritingForm
from forum.fragments import fragment
from forum.views.composing import Composer

_TOPIC = 10**15 + secrets.randbelow(10**15)
_NONCE = UUID(bytes=secrets.token_bytes(16))
_TOKEN = secrets.token_hex(32)


def empty_reply_form(topic_id: int, language: str, token: str) -> SafeString:
    """`language` is chosen in it; `token`: against forged requests (CSRF), of who asks."""
    html = fragment("forum/_composer.html", (language, *open_language_codes()), lambda: _context(language))
    filled = (
        html.replace(str(_TOPIC), str(topic_id)).replace(str(_NONCE), str(uuid4())).replace(_TOKEN, token)
    )
    return mark_safe(filled)


def _context(language: str) -> dict:
    composer = Composer(
        WritingForm(initial={"nonce": _NONCE, "language": language}),
        f"topic:{_TOPIC}",
        f"{start()}t/{_TOPIC}/reply/",
        _("Send the reply"),
        topic_id=_TOPIC,
    )
    return {"composer": composer, "csrf_token": _TOKEN}
