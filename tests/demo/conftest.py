"""The whole demo in the test database, loaded once for the tests of this folder and taken away after them."""

import pytest
from django.core.management import call_command
from django.db import transaction

from cms.demo.reading import CONTENT, read_content
from tests.search.conftest import search_server  # noqa: F401 (they are asked about the demo too)


@pytest.fixture(scope="session")
def content():
    """The content files as the loader reads them."""
    return read_content(CONTENT)


@pytest.fixture(scope="package")
def _whole_demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_whole_demo, db):
    """The demo stands in the database. What a test changes is undone after it."""
