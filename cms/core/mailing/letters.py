"""A mail as plain values, and the message made of it."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9.+=-]+")


@dataclass(frozen=True, slots=True)
class Letter:
    """To one person. Line breaks in `subject` and in headers are taken out: a title may hold some."""

    to: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    from_email: str = ""  # default: settings.DEFAULT_FROM_EMAIL
    reply_to: str = ""

    def as_data(self) -> dict:
        return asdict(self)


def site_host() -> str:
    """The host name of `BASE_URL`, without the port."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def message_id(*parts: object) -> str:
    """`<part.part@host>`: the same for the same parts, so that a mail can be named before it is sent."""
    name = ".".join(NOT_IN_AN_ID.sub("-", str(part)) for part in parts)
    return f"<{name}@{site_host()}>"


def one_line(text: str) -> str:
    return " ".join(str(text).split())


def as_message(letter: Letter, key: str) -> EmailMultiAlternatives:
    """The message to hand over. `key` gives its Message-ID where the letter has none: the same at each try."""
    headers = {"Message-ID": message_id("mail", key), "Auto-Submitted": "auto-generated"} | dict(
        letter.headers
    )
    message = EmailMultiAlternatives(
        one_line(letter.subject),
        letter.text,
        from_email=letter.from_email or None,
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={name: one_line(value) for name, value in headers.items()},
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message
