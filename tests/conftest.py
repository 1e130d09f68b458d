"""Fixtures every test may use."""

from contextlib import ExitStack

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from wagtail.models import Collection, Locale, Page

from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import bump_stamp
from home.models import HomePage
from home.services import set_up_site
from search.queries.spelling import vocabulary
from tests.database_template import alone, copy_template_to, keep_as_template

pytest_plugins = ["tests.plugins.services", "tests.plugins.one_worker"]
LANGUAGES = ("en", "fr", "es")


@pytest.fixture(autouse=True)
def _nothing_kept():
    forget_what_was_kept()


def forget_what_was_kept() -> None:
    """Tests roll their writes back, which changes what is shown without a commit."""
    cache.clear()
    bump_stamp()
    open_language_codes.forget()
    vocabulary.forget()
    # A request leaves its language to the thread; whoever comes next starts from the default.
    translation.deactivate()


def sqlite_test_file() -> str:
    """The test database's file; "" where another database is tested."""
    database = settings.DATABASES["default"]
    return str(database["TEST"]["NAME"]) if "sqlite" in database["ENGINE"] else ""


@pytest.fixture(scope="session")
def _until_there_is_a_template():
    """What is held until the template of the test database stands."""
    with ExitStack() as held:
        yield held


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings, _until_there_is_a_template) -> bool:
    """Keep what stands in the place of the test database: a copy of the template, if there is one."""
    if not sqlite_test_file():
        return False
    _until_there_is_a_template.enter_context(alone())
    found = copy_template_to(sqlite_test_file())
    if found:
        _until_there_is_a_template.close()
    return found


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, django_db_keepdb, _until_there_is_a_template):
    """The site tree stands in the test database from the start: making it for each test would cost minutes."""
    with django_db_blocker.unblock():
        set_up_site(LANGUAGES)
        if sqlite_test_file() and not django_db_keepdb:
            keep_as_template(sqlite_test_file())
            _until_there_is_a_template.close()


@pytest.fixture
def site(db):
    """The site tree in en, fr and es, with roles; returns the home pages by language code."""
    return standing_site()


@pytest.fixture(scope="module")
def site_of_module(django_db_setup, django_db_blocker):
    """The same, in a transaction around all tests of a module: what a fixture of that scope makes there is made once,
    and what a test changes of it is undone after the test. Not for modules with real transactions."""
    with django_db_blocker.unblock(), transaction.atomic():
        forget_what_was_kept()
        yield standing_site()
        transaction.set_rollback(True)


def standing_site() -> dict[str, HomePage]:
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    if set(homes) != set(LANGUAGES):
        # A test with real transactions came before and emptied the tables.
        make_roots()
        homes = set_up_site(LANGUAGES)
    bump_stamp()
    return homes


def make_roots() -> None:
    """What Wagtail's migrations make and a flush takes away."""
    Locale.objects.get_or_create(language_code=LANGUAGES[0])
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(instance=Page(title="Root", slug="root"))
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
