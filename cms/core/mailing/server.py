"""The way to the mail server: one connection for many mails, looked after between them."""

import logging
from contextlib import suppress
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

logger = logging.getLogger("ancrage.mail")

# Broken off in the middle: the server may have the mail, and its answer got lost.
NO_ANSWER = (SMTPServerDisconnected, ConnectionResetError, BrokenPipeError, TimeoutError)
ALL_IS_WELL = 250


class MailServer:
    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None

    def reach(self) -> None:
        """Have a connection that answers; raises what goes wrong, with no mail touched.

        Servers close a connection after so many mails or seconds. Noticed in the middle of a mail, nobody could
        say whether that mail arrived, and it could not be sent again.
        """
        if self.connection is not None and not self.answers():
            self.hang_up()
        if self.connection is None:
            connection = get_connection()
            connection.open()
            self.connection = connection

    def answers(self) -> bool:
        with suppress(OSError):  # all of smtplib's errors are
            return self.connection.connection.noop()[0] == ALL_IS_WELL  # type: ignore[union-attr]
        return False

    def send(self, message: EmailMessage) -> None:
        if self.connection is None:
            raise RuntimeError("reach() comes first")
        try:
            self.connection.send_messages([message])
        except Exception:
            self.hang_up()
            raise
        if not isinstance(self.connection, SmtpBackend):
            self.hang_up()  # the others cannot be asked; and each mail kept as a file is a file of its own

    def hang_up(self) -> None:
        connection, self.connection = self.connection, None
        if connection is None:
            return
        try:
            connection.close()
        except Exception as error:
            logger.info("the mail server's connection did not close: %s", sort_of(error))


def leaves_in_doubt(error: Exception) -> bool:
    """Whether the mail may have arrived all the same."""
    return isinstance(error, NO_ANSWER)


def is_for_good(error: Exception) -> bool:
    """Whether the server said that there is no such person (5xx), which a second try does not change."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _words in error.recipients.values())


def sort_of(error: Exception) -> str:
    """The class and the server's number. Its words may repeat the address, and are kept nowhere."""
    codes = [getattr(error, "smtp_code", "")]
    if isinstance(error, SMTPRecipientsRefused):
        codes = sorted({code for code, _words in error.recipients.values()})
    return " ".join([type(error).__name__, *map(str, codes)]).strip()[:120]
