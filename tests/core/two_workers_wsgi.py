"""The toy site, saying which worker answers."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.core.two_workers_settings"

from cms.wsgi import application as site  # noqa: E402


def application(environ, start_response):
    def start(status, headers, exc_info=None):
        return start_response(status, [*headers, ("X-Worker", str(os.getpid()))], exc_info)

    return site(environ, start)
