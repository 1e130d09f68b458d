"""Entries made the way jobs make them."""

import pytest

from search.registry import sources
from search.services.indexing import renew_all


@pytest.fixture
def index():
    """Make all entries anew, as `update_index` does."""

    def make() -> None:
        for source in sources():
            for _done in renew_all(source):
                pass

    return make
