from datetime import UTC, datetime, timedelta

import pytest

from cms.core.mailing.sending import send_due_mails
from cms.notifications.kinds import forget_kind, register_kind
from cms.notifications.services import gather_mails, notify
from tests.factories.documents import make_user
from tests.notifications.toys import ALERT, NEWS, World

# A Wednesday at noon; digests go at five.
NOON = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def world():
    world = World()
    for kind in world.kinds():
        register_kind(kind)
    yield world
    for code in (NEWS, ALERT):
        forget_kind(code)


@pytest.fixture
def ana(site, world):
    return make_user(name="ana", display_name="Ana", interface_language="en")


@pytest.fixture
def bo(site, world):
    return make_user(name="bo", display_name="Bo", interface_language="fr")


@pytest.fixture
def tell(world):
    """tell(ana, "e1") tells Ana that `e1` happened to the page."""

    def tell(user, event="e1", about="page-1", kind=NEWS, at=NOON, **others):
        users = user if isinstance(user, list) else [user]
        notify(users, kind, about, others.pop("data", {}), event=event, at=at, **others)

    return tell


@pytest.fixture
def mails_at(mailoutbox):
    """mails_at(moment): the mails that go out at a tick then; days later with `days=1`."""

    def mails_at(moment=NOON + timedelta(minutes=3), **later):
        before = len(mailoutbox)
        gather_mails(moment + timedelta(**later))
        send_due_mails.call()
        return mailoutbox[before:]

    return mails_at
