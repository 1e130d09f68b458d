import os

from django.core.wsgi import get_wsgi_application

from cms.core.page_cache.stamp import bump_stamp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()
# New code may write pages differently: what was kept before the start is out of date.
bump_stamp()
