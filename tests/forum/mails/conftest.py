"""A topic, who writes in it and who watches it; and the mails that went out."""

import pytest

from forum.rules import Level
from tests.forum.following import make_reader
from tests.forum.talking import make_category, make_member, make_topic
from tests.wiki.mail_tools import mails_after


@pytest.fixture
def category(site):
    return make_category(slug="after-workshop-7", name="After Workshop 7")


@pytest.fixture
def writer(site):
    return make_member(name="wim", display_name="Wim", interface_language="en")


@pytest.fixture
def topic(category, writer):
    return make_topic(writer, category, "What makes a bakery last?", "Tell us.")


@pytest.fixture
def reader(topic):
    return make_reader(
        "rea", level=Level.WATCHING, topic=topic, interface_language="en", languages_read=["en"]
    )


@pytest.fixture
def mails(mailoutbox):
    return lambda **later: mails_after(mailoutbox, **later)
