"""Running the tests: fast hashes, mail in memory, files and caches in a folder of the run."""

import tempfile
from pathlib import Path

from . import env
from .base import *  # noqa: F403
from .base import CACHES, DATABASES, REDIS_URL, STORAGES, WAGTAILSEARCH_BACKENDS

_run = Path(tempfile.mkdtemp(prefix="ancrage-test-"))
if REDIS_URL:
    # Each worker of the test run empties its cache between tests: they must not share a Redis database.
    worker = env.TEST_WORKER.removeprefix("gw")
    REDIS_URL = f"{REDIS_URL.rstrip('/').rsplit('/', 1)[0] if REDIS_URL.count('/') > 2 else REDIS_URL}/{int(worker) + 1}"
    for cache in CACHES.values():
        cache["LOCATION"] = REDIS_URL
# A test that wants a search server asks for it, and gets an index of its own (tests/search/conftest.py).
WAGTAILSEARCH_BACKENDS.pop("server", None)
DEBUG = False
DEMO = True
SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["*"]
BASE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
MACHINE_TRANSLATION = "none"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: tests with threads need what readers and writers really do to each other.
    DATABASES["default"]["TEST"] = {"NAME": str(_run / "test.sqlite3")}
STATIC_ROOT = _run / "static"
STATIC_ROOT.mkdir()
MEDIA_ROOT = str(_run / "media")
PAGE_CACHE_STAMP_FILE = _run / "page-stamp"
if not REDIS_URL:
    CACHES["default"]["LOCATION"] = str(_run / "cache")
    CACHES["pages"]["LOCATION"] = str(_run / "cache-pages")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "mail"]}
}
