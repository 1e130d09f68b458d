"""A job writes an entry while somebody withdraws what it read: whoever is later sees the other."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection
from wagtail.models import Collection

from search.models import Entry
from search.services.indexing import renew
from search.services.waiting import catch_up
from search.sources.attached import AttachedTexts
from search.sources.pages import PageSource
from tests.search.test_files import attach, pdf_of, taken_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.service("postgresql")]


@pytest.fixture
def at_work(monkeypatch):
    """A job that makes the entry of a page anew, held where it has read all of it and has written nothing yet."""

    @contextmanager
    def hold(page):
        has_read, may_write = threading.Event(), threading.Event()
        failed = []

        def load(texts, pages, *rest, real=AttachedTexts.load):
            real(texts, pages, *rest)
            if pages and threading.current_thread() is job:
                has_read.set()
                may_write.wait(30)

        def work():
            try:
                renew(PageSource(), [page.pk])
            except Exception as error:
                failed.append(error)
            finally:
                has_read.set()
                connection.close()

        monkeypatch.setattr(AttachedTexts, "load", load)
        job = threading.Thread(target=work)
        job.start()
        try:
            assert has_read.wait(30)
            yield
        finally:
            may_write.set()
            job.join(30)
        assert not failed, failed

    return hold


@pytest.fixture
def shown(site):
    """(page, file): everybody may open the file that it shows. It has no entry yet."""
    page, file = attach("a.pdf", pdf_of("secret"))
    file.collection = Collection.get_first_root_node().add_child(name="Folder")
    file.save()
    taken_in(page, file).delete()
    return page, file


def words_of_files() -> list[str]:
    catch_up()
    return list(Entry.objects.values_list("files", flat=True))


def test_files_that_are_restricted_while_a_job_takes_them_in_are_not_found(shown, at_work):
    page, file = shown
    with at_work(page):
        file.collection.view_restrictions.create(restriction_type="login")
    assert words_of_files() == [""]


def test_a_file_that_is_put_away_while_a_job_takes_it_in_is_not_found(shown, at_work):
    page, file = shown
    closed = Collection.get_first_root_node().add_child(name="Closed")
    closed.view_restrictions.create(restriction_type="login")
    catch_up()
    Entry.objects.all().delete()
    with at_work(page):
        file.collection = closed
        file.save()
    assert words_of_files() == [""]
