"""Production, plus one header that has a page rendered although it is kept; files in the bench's folder."""

import os
from pathlib import Path

from cms.settings.production import *  # noqa: F403
from cms.settings.production import CACHES, VAR_DIR

BENCH_DIR = VAR_DIR / "bench"
_data = Path(os.environ.get("BENCH_DATA", BENCH_DIR / "none"))
PAGE_CACHE_BYPASS_HEADER = "HTTP_X_UNCACHED"
PAGE_CACHE_STAMP_FILE = _data / "page-stamp"
for _name, _cache in CACHES.items():
    _cache["LOCATION"] = str(_data / f"cache-{_name}")
STATIC_ROOT = _data.parent / "static"
MEDIA_ROOT = str(_data / "media")
ALLOWED_HOSTS = ["127.0.0.1"]
