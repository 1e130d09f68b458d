import pytest
from django.core import mail

from cms.core.mailing.sending import send_due_mails


@pytest.fixture
def delivered():
    """delivered(): all mails so far, after the worker has sent what waits."""

    def delivered() -> list:
        while send_due_mails.call():
            pass
        return mail.outbox

    return delivered
