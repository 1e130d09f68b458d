"""Production, plus one header that has a page rendered although it is kept; files in the bench's folder."""

import os
from pathlib import Path

from cms.settings.production import *  # noqa: F403
from cms.settings.production import CACHES, VAR_DIR

BENCH_DIR = VAR_DIR / "bench"
_data = Path(os.environ.get("BENCH_DATA", BENCH_DIR / "none"))
PAGE_CACHE_BYPASS_HEADER = "HTTP_X_UNCACHED"
PAGE_CACHE_STAMP_FILE = _data / "page-stamp"
REDIS_URL = ""
CACHES["default"] = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": str(_data / "cache"),
    "OPTIONS": {"MAX_ENTRIES": 10_000},
}
CACHES["pages"] = CACHES["default"] | {"LOCATION": str(_data / "cache-pages")}
STATIC_ROOT = BENCH_DIR / "static"
MEDIA_ROOT = str(_data / "media")
ALLOWED_HOSTS = ["127.0.0.1"]
