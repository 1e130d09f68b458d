"""The tests' settings, with the folder that all worker processes share."""

import os
from pathlib import Path

from cms.settings.test import *  # noqa: F403
from cms.settings.test import CACHES

_shared = Path(os.environ["ANCRAGE_TEST_FOLDER"])
PAGE_CACHE_STAMP_FILE = _shared / "page-stamp"
for _name in CACHES:
    CACHES[_name] = {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(_shared / _name),
    }
CACHES["pages"] = CACHES["default"] | {"LOCATION": str(_shared / "cache-pages")}
REDIS_URL = ""
STATIC_ROOT = _shared
ROOT_URLCONF = "tests.core.toy_urls"
