"""Production's settings, with everything the demo keeps (`var/`) in a folder of the run."""

import os
from pathlib import Path

from cms.settings.production import *  # noqa: F403
from cms.settings.production import CACHES

_folder = Path(os.environ["ANCRAGE_TEST_FOLDER"])
CACHES["default"] = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": str(_folder / "cache"),
}
CACHES["pages"] = CACHES["default"] | {"LOCATION": str(_folder / "cache-pages")}
REDIS_URL = ""
PAGE_CACHE_STAMP_FILE = _folder / "page-stamp"
STATIC_ROOT = _folder / "static"
