"""The stamp changes on commit, whatever road a write takes, and only then."""

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from wagtail.models import Locale

from cms.core.page_cache import changes, moments
from cms.core.page_cache.moments import next_moment, register_moments
from cms.core.page_cache.stamp import FileStamp, current_stamp, kept_until_change
from cms.taxonomy.models import Theme


@pytest.fixture
def locale(transactional_db):
    return Locale.objects.get_or_create(language_code="en")[0]


def theme(locale, slug="care", **fields):
    return Theme(slug=slug, name=slug, locale=locale, **fields)


def raw_update():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE taxonomy_theme SET name = 'Raw'")


ROADS = {
    "save": lambda locale: theme(locale, "new").save(),
    "update": lambda locale: Theme.objects.update(name="Other"),
    "bulk_create": lambda locale: Theme.objects.bulk_create([theme(locale, "a"), theme(locale, "b")]),
    "raw": lambda locale: raw_update(),
    "delete": lambda locale: Theme.objects.all().delete(),
}


def test_every_road_changes_the_stamp(locale):
    theme(locale).save()
    for road, write in ROADS.items():
        before = current_stamp()
        write(locale)
        assert current_stamp() != before, road


def test_in_a_transaction_it_changes_at_the_commit_and_not_before(locale):
    theme(locale).save()
    for road, write in ROADS.items():
        before = current_stamp()
        with transaction.atomic():
            write(locale)
            assert current_stamp() == before, road
        assert current_stamp() != before, road


def test_reading_leaves_it(locale):
    before = current_stamp()
    list(Theme.objects.all())
    assert current_stamp() == before


def test_a_rollback_leaves_it(locale):
    before = current_stamp()
    with suppress(RuntimeError), transaction.atomic():
        theme(locale).save()
        raise RuntimeError
    assert current_stamp() == before


def test_a_change_after_a_savepoint_that_was_rolled_back_is_noticed(locale):
    before = current_stamp()
    with transaction.atomic():
        with suppress(RuntimeError), transaction.atomic():
            theme(locale).save()
            raise RuntimeError
        theme(locale, "kept").save()
    assert current_stamp() != before


def test_a_savepoint_rolled_back_alone_leaves_it(locale):
    before = current_stamp()
    with transaction.atomic(), suppress(RuntimeError), transaction.atomic():
        theme(locale).save()
        raise RuntimeError
    assert current_stamp() == before


def test_an_error_in_another_callback_does_not_hide_the_change(locale):
    def fails():
        raise RuntimeError

    before = current_stamp()
    with suppress(RuntimeError), transaction.atomic():
        transaction.on_commit(fails)
        theme(locale).save()
    assert current_stamp() != before


def test_a_row_made_in_autocommit_is_committed_when_the_stamp_changes(locale, monkeypatch):
    """SQLite commits a statement that returns rows only when they have been fetched."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite commits this late")
    in_transaction = []
    monkeypatch.setattr(changes, "bump_stamp", lambda: in_transaction.append(still_writing()))
    made = theme(locale, "a")
    made.save()
    Theme.objects.bulk_create([theme(locale, "b")])
    with connection.cursor() as cursor:
        cursor.execute('UPDATE "taxonomy_theme" SET "name" = "slug" || %s RETURNING "name"', ["!"])
        assert {row[0] for row in cursor} == {"a!", "b!"}
        cursor.execute('SELECT "slug" FROM "taxonomy_theme" ORDER BY "slug"')
        assert cursor.fetchall() == [("a",), ("b",)]
    assert made.pk
    assert in_transaction == [False, False, False]


def still_writing() -> bool:
    """Whether a writing statement is open on the connection: SQLite then refuses to commit."""
    raw = connection.connection
    raw.execute("BEGIN")
    try:
        raw.execute("COMMIT")
    except raw.OperationalError:
        raw.execute("ROLLBACK")
        return True
    return False


def test_two_changes_in_a_row_give_two_stamps(tmp_path):
    stamp = FileStamp(tmp_path / "stamp")
    seen = {stamp.read()}
    for _ in range(200):
        stamp.bump()
        seen.add(stamp.read())
    assert len(seen) == 201


class TestKeptUntilChange:
    @pytest.fixture
    def count(self):
        return kept_until_change(lambda: Theme.objects.count())

    def test_is_kept(self, locale, count, django_assert_num_queries):
        count()
        with django_assert_num_queries(0):
            assert count() == 0

    def test_is_asked_again_after_a_change(self, locale, count):
        assert count() == 0
        theme(locale).save()
        assert count() == 1

    def test_sees_the_changes_of_its_own_transaction_and_forgets_them_when_they_are_undone(
        self, locale, count
    ):
        assert count() == 0
        with suppress(RuntimeError), transaction.atomic():
            theme(locale).save()
            assert count() == 1
            with suppress(KeyError), transaction.atomic():
                theme(locale, "inner").save()
                assert count() == 2
                raise KeyError
            assert count() == 1
            raise RuntimeError
        assert count() == 0

    def test_is_kept_within_a_transaction_too(self, locale, count, django_assert_num_queries):
        with transaction.atomic():
            theme(locale).save()
            count()
            with django_assert_num_queries(0):
                assert count() == 1


def test_threads_that_miss_a_kept_value_at_once_compute_it_once():
    started, go_on = threading.Event(), threading.Event()
    computed = []

    @kept_until_change
    def slow():
        computed.append(1)
        started.set()
        assert go_on.wait(10)
        return "value"

    answers = []
    threads = [threading.Thread(target=lambda: answers.append(slow())) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert started.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert answers == ["value"] * 4
    assert len(computed) == 1


class TestMoments:
    @pytest.fixture(autouse=True)
    def alone(self, monkeypatch):
        monkeypatch.setattr(moments, "_registered", [])
        monkeypatch.setattr(moments, "_kept", [])

    @pytest.fixture(autouse=True)
    def noon(self, monkeypatch):
        clock = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
        monkeypatch.setattr(moments.timezone, "now", lambda: clock)
        return clock

    def test_the_first_one_to_come_counts(self, db, noon):
        soon = noon + timedelta(hours=1)
        register_moments(lambda: soon)
        register_moments(lambda: soon + timedelta(hours=1))
        register_moments(lambda: soon - timedelta(days=1))
        register_moments(lambda: None)
        assert next_moment() == soon

    def test_midnight_is_always_one(self, db, noon):
        assert next_moment() == datetime(2026, 5, 5, tzinfo=UTC)

    def test_is_asked_again_once_it_has_passed(self, db, noon, monkeypatch):
        first = noon + timedelta(hours=1)
        answers = iter([first, first + timedelta(hours=2)])
        register_moments(lambda: next(answers))
        assert next_moment() == first
        assert next_moment() == first
        monkeypatch.setattr(moments.timezone, "now", lambda: first + timedelta(seconds=1))
        assert next_moment() == first + timedelta(hours=2)
