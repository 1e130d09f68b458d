"""Jobs that wait in the database, and a worker as the site runs it: what is published and posted is found after it."""

import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django_tasks_db.models import DBTaskResult

from cms.core.page_cache.stamp import bump_stamp
from search.services.rebuilding import rebuild
from tests.factories.documents import make_document
from tests.forum.talking import make_category, make_member, make_reply, make_topic
from tests.search.conftest import SERVERS
from tests.translations.test_killed import WORKER, environment
from tests.wiki.publishing import publish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["database", *SERVERS])
def worker(request, settings):
    """Runs all jobs that wait, in a process of its own that is told of the same search server."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}
    }
    more = {"OPENSEARCH_URL": "", "ELASTICSEARCH_URL": ""}
    if request.param != "database":
        there = request.getfixturevalue("search_server")(request.param)
        rebuild(there)
        options = settings.WAGTAILSEARCH_BACKENDS["server"]
        more |= {
            f"{request.param.upper()}_URL": options["URLS"][0],
            "SEARCH_INDEX_PREFIX": options["INDEX_PREFIX"],
        }

    def work() -> None:
        done = subprocess.run(
            [sys.executable, "manage.py", *WORKER],
            cwd=django_settings.BASE_DIR, capture_output=True, text=True, timeout=300,
            env=environment(DJANGO_SETTINGS_MODULE="tests.search.worker_settings", **more),
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        bump_stamp()

    return work


def finds(client, words: str, section: str) -> bool:
    body = client.get(f"/en/search/?q={words}&section={section}").content.decode()
    assert "The search server is not used" not in body
    return 'class="results hits"' in body


def test_what_is_published_and_posted_is_found_once_a_worker_has_run(client, site, worker):
    page = make_document(title="Islands", publish=False)
    member = make_member()
    topic = make_topic(member, make_category(), "Animals", "Which?")
    publish(page)
    make_reply(member, topic, "The quokka.")
    assert not finds(client, "islands", "library")
    assert not finds(client, "quokka", "forum")
    assert DBTaskResult.objects.ready().exists()
    worker()
    assert finds(client, "islands", "library")
    assert finds(client, "quokka", "forum")
