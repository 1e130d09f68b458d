"""Handing mails in, as part of what makes them true."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from cms.core.mailing.composers import LETTER
from cms.core.mailing.letters import Letter
from cms.core.mailing.sending import wake_worker
from cms.core.models import OutgoingMail


@dataclass(frozen=True, slots=True)
class Posted:
    composer: str
    data: dict
    key: str = field(default_factory=lambda: uuid4().hex)
    urgent: bool = False  # before all that is not: somebody waits for it
    due_at: datetime = field(default_factory=timezone.now)


def post(composer: str, data: dict, **fields) -> None:
    """One mail, see `Posted`. Part of the caller's transaction: rolled back, it was never asked for."""
    post_all([Posted(composer, data, **fields)])


def post_letter(letter: Letter, **fields) -> None:
    """One mail whose words are ready. They stand in the database until it has gone out."""
    post(LETTER, letter.as_data(), **fields)


def post_all(mails: Iterable[Posted]) -> None:
    """Many, in one query. What was posted before under the same key is left as it is."""
    rows = [
        OutgoingMail(
            composer=mail.composer, data=mail.data, key=mail.key, urgent=mail.urgent, due_at=mail.due_at
        )
        for mail in mails
    ]
    if rows:
        OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)
        transaction.on_commit(wake_worker, robust=True)
