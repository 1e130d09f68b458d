"""For the processes of `test_killed`: the database of the test, real jobs, and a place at which one stops."""

import os

from cms.settings.test import *  # noqa: F403
from cms.settings.test import INSTALLED_APPS

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}
if "BLOCK_AT" in os.environ:
    INSTALLED_APPS = [*INSTALLED_APPS, "tests.translations.blocking.BlockingConfig"]
