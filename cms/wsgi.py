import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from cms.core.page_cache.stamp import bump_stamp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()
# New code may write pages differently: what was kept before the start is out of date.
bump_stamp()
# All views and models now, not at the expense of the first reader; and the collector need not walk them again.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
