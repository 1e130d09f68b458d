"""What many tests of the forum begin with."""

import pytest

from tests.forum.moderating import make_facilitator
from tests.forum.racing import TOLD
from tests.forum.talking import make_category
from tests.wiki import test_races


@pytest.fixture
def category(site):
    return make_category(name="Local finance")


@pytest.fixture
def facilitator(site):
    return make_facilitator(display_name="Flora")


@pytest.fixture
def at_once(monkeypatch, settings):
    """Runs verbs at the same moment, each with a connection of its own: what each returned, or was told. The work of
    jobs waits for the worker, as in production."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": ["default", "mail"]}
    }
    monkeypatch.setattr(test_races, "TOLD", TOLD)
    return test_races.at_once
