"""The mails that go out of what happened so far."""

from datetime import timedelta

from django.utils import timezone

from cms.core.mailing.sending import send_due_mails
from cms.notifications.services import gather_mails


def mails_after(outbox, **later) -> list:
    """The mails of a tick in so much time (`days=1`); by default when mails "at once" have gone."""
    before = len(outbox)
    gather_mails(timezone.now() + timedelta(**(later or {"minutes": 30})))
    send_due_mails.call()
    return outbox[before:]


def by_reader(mails) -> dict[str, str]:
    """The text of each mail by its reader's name, lines joined. Each has one at most."""
    assert len({mail.to[0] for mail in mails}) == len(mails)
    return {mail.to[0].partition("@")[0]: " ".join(mail.body.split()) for mail in mails}
