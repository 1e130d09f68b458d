"""The worker's part: takes each mail that is due, asks for its words, hands it to the mail server."""

import logging

from django.utils import timezone
from django_tasks import task

from cms.core.mailing import outbox
from cms.core.mailing.composers import composer_named
from cms.core.mailing.letters import Letter, as_message
from cms.core.mailing.server import MailServer, is_for_good, leaves_in_doubt, sort_of
from cms.core.models import HANDED, TAKEN, OutgoingMail

logger = logging.getLogger("ancrage.mail")

AT_ONCE = 100  # mails of one job; other jobs have their turn in between
FIRST = 50  # before jobs nobody waits for: making an upload's sizes takes seconds each, and there may be many
IN_TURN = 0


class NoMailServer(Exception):
    """It cannot be reached: the others would not get through either."""


def wake_worker() -> None:
    send_due_mails.enqueue()


@task(queue_name="mail", priority=FIRST)
def send_due_mails() -> int:
    """Send what is due; return how many have gone out. Safe beside itself: each mail is taken once."""
    server = MailServer()
    sent = 0
    try:
        for _turn in range(AT_ONCE):
            mail = outbox.take_next()
            if mail is None:
                return sent
            sent += send_one(mail, server)
    except NoMailServer:
        return sent
    finally:
        server.hang_up()
    send_due_mails.using(priority=IN_TURN).enqueue()
    return sent


def send_one(mail: OutgoingMail, server: MailServer) -> bool:
    """Whether it went out. Raises `NoMailServer`, with the mail put back."""
    try:
        letter = composer_named(mail.composer).compose(mail.data)
    except Exception as error:
        logger.exception("mail %s (%s) could not be written", mail.pk, mail.composer)
        outbox.note_failure(mail, TAKEN, sort_of(error))
        return False
    if letter is None:
        outbox.note_dropped(mail)
        return False
    try:
        server.reach()
    except Exception as error:
        logger.warning("no mail server: %s", sort_of(error))
        outbox.note_failure(mail, TAKEN, sort_of(error))
        raise NoMailServer from error
    return outbox.hand_over(mail) and deliver(mail, letter, server)


def deliver(mail: OutgoingMail, letter: Letter, server: MailServer) -> bool:
    try:
        server.send(as_message(letter, mail.key))
    except Exception as error:
        if leaves_in_doubt(error):
            logger.warning("mail %s: broken off, and so not sent again: %s", mail.pk, sort_of(error))
            outbox.note_unsure(mail, sort_of(error))
        else:
            logger.warning("mail %s was not taken (try %s): %s", mail.pk, mail.tries, sort_of(error))
            outbox.note_failure(mail, HANDED, sort_of(error), for_good=is_for_good(error))
        return False
    outbox.note_sent(mail)
    return True


def tend_outbox() -> None:
    """Every minute: what a dead worker left, what is due again, what ended long ago."""
    unsure = outbox.settle_abandoned()
    if unsure:
        logger.warning("%s mails were being handed over when a worker ended, and are not sent again", unsure)
    outbox.forget_ended()
    if outbox.due(timezone.now()).exists():
        wake_worker()
