"""A worker beside a test: the test's database, the search server that the environment names, real jobs."""

from cms.settings import base

# Those of tests ask no server: see there.
_backends = dict(base.WAGTAILSEARCH_BACKENDS)

from cms.settings.test import *  # noqa: E402, F403

WAGTAILSEARCH_BACKENDS = _backends
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}
