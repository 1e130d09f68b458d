"""With Redis, the stamp and the shared pages stand there."""

import pytest
from django.conf import settings

from cms.core.page_cache.stamp import RedisStamp

pytestmark = pytest.mark.service("redis")


@pytest.fixture
def stamp():
    stamp = RedisStamp(settings.REDIS_URL)
    stamp.KEY = "ancrage-test:page-stamp"
    stamp.client.delete(stamp.KEY)
    yield stamp
    stamp.client.delete(stamp.KEY)


def test_it_stands_until_it_is_changed_for_every_process(stamp):
    other = RedisStamp(settings.REDIS_URL)
    other.KEY = stamp.KEY
    first = stamp.read()
    assert other.read() == stamp.read() == first
    other.bump()
    assert stamp.read() == other.read() != first


def test_a_server_that_lost_its_data_gives_a_stamp_never_seen(stamp):
    seen = {stamp.read()}
    for _ in range(3):
        stamp.client.delete(stamp.KEY)
        seen.add(stamp.read())
        stamp.bump()
        seen.add(stamp.read())
    assert len(seen) == 7
