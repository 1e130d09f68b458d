"""What cannot be taken in: it holds up nothing else, it is told of, and it is tried again."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale

from cms.core.scheduling import run_tick
from forum.models import Post, Topic
from search.management.commands import update_index
from search.models import Entry, Waiting
from search.registry import source_named
from search.services import indexing
from search.services.renewing import LONGEST, pause
from search.services.waiting import catch_up
from tests.factories.documents import make_document
from tests.factories.entries import make_person
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db


def refs() -> set[str]:
    return set(Entry.objects.values_list("ref", flat=True))


@pytest.fixture
def broken(monkeypatch):
    """A set: pages and posts whose titles, or texts, hold one of its words cannot be read."""
    words = set()
    for name in ("page", "post"):
        source = source_named(name)

        def made(pks, source_made=source.made):
            for each in source_made(pks):
                if any(word in f"{each.title} {each.body}" for word in words):
                    raise ValueError("cannot be read")
                yield each

        monkeypatch.setattr(source, "made", made)
    return words


@pytest.fixture
def bad(site, broken):
    """A page that cannot be taken in, the first of three that wait."""
    broken.add("Bad")
    page = make_document(title="Bad news")
    make_document(title="Good news")
    make_document(title="Better news")
    return page


def try_again():
    Waiting.objects.update(again_at=timezone.now() - timedelta(seconds=1))
    catch_up()


def test_all_others_are_taken_in(bad):
    catch_up()
    assert sorted(Entry.objects.values_list("title", flat=True)) == ["Better news", "Good news"]


def test_it_is_not_tried_again_at_once_and_each_time_later(bad):
    catch_up()
    assert catch_up() == 0
    pauses = []
    for failures in (1, 2, 3):
        row = Waiting.objects.get()
        assert (row.source, row.object, row.failures) == ("page", bad.pk, failures)
        pauses.append(round((row.again_at - timezone.now()).total_seconds() / 60))
        try_again()
    assert pauses == [1, 2, 4]
    assert pause(1000) == LONGEST


def test_once_it_is_mended_it_is_taken_in_at_once_and_nothing_waits(bad, broken):
    catch_up()
    broken.clear()
    bad.save_revision().publish()
    catch_up()
    assert f"page:{bad.pk}" in refs()
    assert not Waiting.objects.exists()


def test_what_the_database_refuses_is_set_aside_too(bad, broken, monkeypatch):
    broken.clear()
    entry_of = indexing.entry_of

    def refused(source, made):
        return entry_of(source, replace(made, moment=None) if made.pk == bad.pk else made)

    monkeypatch.setattr(indexing, "entry_of", refused)
    catch_up()
    assert len(refs()) == 2
    assert Waiting.objects.get().object == bad.pk


def test_it_is_logged_with_its_name(bad, caplog):
    catch_up()
    (record,) = [each for each in caplog.records if each.levelname == "ERROR"]
    assert record.getMessage() == f"page:{bad.pk} cannot be taken in by the search"


def test_it_is_said_in_readyz_when_it_failed_twice_until_it_is_mended(bad, broken, client):
    def said() -> str:
        return client.get("/readyz").json()["services"]["search entries"]

    catch_up()
    assert said() == "ok"
    try_again()
    assert said() == "fail: 1 objects cannot be taken in: manage.py check_search names them"
    broken.clear()
    try_again()
    assert said() == "ok"


def test_what_waits_for_long_is_said_in_readyz(client, db):
    Waiting.objects.create(source="page", object=1, since=timezone.now() - timedelta(minutes=4))
    assert client.get("/readyz").json()["services"]["search entries"] == "ok"
    Waiting.objects.update(since=timezone.now() - timedelta(minutes=6))
    answer = client.get("/readyz").json()
    assert answer["status"] == "late"
    assert answer["services"]["search entries"].startswith("fail: changes have waited")


def test_a_change_bears_the_moment_it_was_noted(site):
    before = timezone.now() - timedelta(minutes=1)
    make_document()
    assert all(before < row.since <= timezone.now() for row in Waiting.objects.all())


def test_what_depends_on_a_change_is_set_aside_by_itself(site, broken):
    category, member = make_category(), make_member()
    topic = make_topic(member, category, title="Savings")
    for text in ("They stay.", "Unreadable.", "They go."):
        make_reply(member, topic, source=text)
    catch_up()
    broken.add("Unreadable")
    Topic.objects.filter(pk=topic.pk).update(closed=True)
    catch_up()
    assert {(row.source, row.object) for row in Waiting.objects.all()} == {
        ("post", Post.objects.get(html__contains="Unreadable").pk)
    }


def test_building_anew_passes_over_it_and_notes_it(bad):
    Waiting.objects.all().delete()
    call_command("update_index", verbosity=0)
    assert len(refs()) == 2
    assert Waiting.objects.get().object == bad.pk


def test_the_check_names_it_and_a_repair_tries_it_again(bad, broken):
    catch_up()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_search", stdout=out)
    assert f"failed: 1 (page:{bad.pk})" in out.getvalue()
    call_command("check_search", repair=True, stdout=out)
    assert Waiting.objects.get().failures == 2
    broken.clear()
    call_command("check_search", repair=True, stdout=out)
    assert f"page:{bad.pk}" in refs()
    assert not Waiting.objects.exists()
    call_command("check_search", stdout=out)


def test_a_tick_takes_in_what_waits_beside_it(bad):
    run_tick()
    assert len(refs()) == 2


def test_a_word_that_grows_when_it_is_folded_is_no_reason(site):
    make_document(
        title="Straßenentwässerungsinvestitionsbeiträge und İİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİİ", lang="fr"
    )
    catch_up()
    assert len(refs()) == 1
    assert not Waiting.objects.exists()


@pytest.mark.service("postgresql")
@pytest.mark.django_db(transaction=True)
def test_building_anew_forgets_no_change_that_was_under_way_when_it_began(monkeypatch):
    under_way = connection.copy()
    under_way.set_autocommit(False)
    try:
        with under_way.cursor() as cursor:
            cursor.execute("INSERT INTO search_waiting (source, object) VALUES ('page', 1)")
        Waiting.objects.create(source="page", object=2)

        def renew_all(source):
            under_way.commit()
            yield 0

        monkeypatch.setattr(update_index, "renew_all", renew_all)
        call_command("update_index", verbosity=0)
        assert [row.object for row in Waiting.objects.all()] == [1]
    finally:
        under_way.close()


@pytest.mark.django_db(transaction=True)
def test_tables_that_triggers_speak_of_can_be_migrated():
    try:
        call_command("migrate", "search", "0002", verbosity=0)
    finally:
        call_command("migrate", "search", verbosity=0)
    Locale.objects.get_or_create(language_code="en")
    person = make_person("Solveig")
    catch_up()
    assert refs() == {f"person:{person.pk}"}
