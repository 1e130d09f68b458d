"""The mails that the demo has written as files: the sign-up's link, the call's confirmation."""

import email
import email.message
import email.policy
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60  # seconds: some mails are sent by the worker


def mails_to(folder: Path, address: str, about: str = "") -> list[email.message.EmailMessage]:
    """Oldest first. `about`: words of the subject."""
    found = []
    for path in sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime):
        # Django ends each message with a line of dashes.
        for text in path.read_text(encoding="utf-8").split("-" * 79):
            message = email.message_from_string(text.strip() + "\n", policy=email.policy.default)
            if address in (message["To"] or "") and about in (message["Subject"] or ""):
                found.append(message)
    return found


def wait_for_mail(
    folder: Path,
    address: str,
    number: int = 1,
    about: str = "",
    meanwhile: Callable[[], object] | None = None,
) -> email.message.EmailMessage:
    """The `number`th mail to an address, once it has come. `meanwhile` is done again and again until then."""
    deadline = time.monotonic() + PATIENCE
    while len(found := mails_to(folder, address, about)) < number:
        assert time.monotonic() < deadline, f"no mail to {address} in {folder}"
        if meanwhile:
            meanwhile()
        time.sleep(0.2)
    return found[number - 1]
