"""Who writes: an author and an editor, logged in."""

import pytest

from tests.factories.documents import make_user


@pytest.fixture
def author(site, client):
    user = make_user("Authors")
    client.force_login(user)
    return user


@pytest.fixture
def editor(site, client):
    user = make_user("Editors")
    client.force_login(user)
    return user
