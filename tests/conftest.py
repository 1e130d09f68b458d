"""Fixtures every test may use."""

import pytest
from django.core.cache import cache

from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import bump_stamp
from home.services import set_up_site

pytest_plugins = ["tests.plugins.services"]


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Tests roll their writes back, which changes what is shown without a commit: forget what was kept."""
    cache.clear()
    bump_stamp()
    open_language_codes.forget()


@pytest.fixture
def site(db):
    """The site tree in en, fr and es, with roles; returns the home pages by language code."""
    homes = set_up_site(("en", "fr", "es"))
    bump_stamp()
    return homes
