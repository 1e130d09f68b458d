"""Building the server's index anew while people write and read; comparing it; what commands and /readyz say."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cms.core.health import Fault
from search.backends import front
from search.backends.server import AT_ONCE, ServerAway
from search.breaker import Breaker
from search.engines import Asked, Word
from search.health import check_search_server
from search.models import Built, Entry, Pending
from search.services import rebuilding, tending
from search.services.comparing import compare
from search.services.rebuilding import TakenOver, forget_server, rebuild
from search.services.telling import tell_server
from search.services.tending import tend_server
from tests.search.entries import make_entry

pytestmark = pytest.mark.django_db


def answer():
    return front.engine().answer(Asked(words=(Word("solidarity"),), open_languages=frozenset({"en"})))


def test_what_changes_while_the_index_is_built_is_in_the_new_one(there, monkeypatch):
    monkeypatch.setattr(rebuilding, "AT_ONCE", 3)
    entries = [make_entry(f"Solidarity {number}") for number in range(9)]
    rebuild(there)
    turns = []

    def meanwhile(done: int, total: int) -> None:
        """One that was read already and one that was not are changed and deleted; the older index still answers."""
        turns.append(done)
        if done == 3:
            Entry.objects.filter(pk__in=[entries[0].pk, entries[7].pk]).update(title="Housing")
            entries[1].delete()
            entries[8].delete()
            make_entry("Solidarity that is new")
            assert tell_server.call() == 5
            there.refresh()
            assert answer().found == 6

    rebuild(there, meanwhile)
    assert turns == [3, 6, 9]
    tell_server.call()
    assert compare(there).agree
    assert compare(there).entries == 8
    assert answer().found == 6


def test_an_index_that_somebody_else_began_to_build_is_given_up(there):
    make_entry("Solidarity")
    rebuild(there)
    before = there.indexes_of(there.alias)
    others = []

    def another_begins(done: int, total: int) -> None:
        for name in there.indexes_of(there.next_alias):
            there.drop(name)
        others.append(there.make_index(there.next_alias))

    with pytest.raises(TakenOver):
        rebuild(there, another_begins)
    assert there.indexes_of(there.alias) == before
    assert there.indexes_of(there.next_alias) == others


def test_a_write_makes_no_index(there):
    make_entry("Solidarity")
    Built.objects.create(name="x", began_at=timezone.now())
    entry = make_entry("Solidarity again")
    tell_server.call()
    assert there.indexes() == []
    assert list(Pending.objects.values_list("entry", flat=True)) == [entry.pk]
    assert answer().degraded


def test_a_late_write_of_an_older_state_changes_nothing(there):
    entry = make_entry("Solidarity")
    older = Entry.objects.get(pk=entry.pk)
    rebuild(there)
    Entry.objects.filter(pk=entry.pk).update(title="Housing")
    tell_server.call()
    there.write(there.alias, [older])
    there.refresh()
    assert answer().found == 0
    Entry.objects.filter(pk=entry.pk).delete()
    tell_server.call()
    there.write(there.alias, [older])
    assert compare(there).agree


def test_a_database_that_was_restored_is_behind_its_index(there):
    entry = make_entry("Solidarity")
    rebuild(there)
    for title in ("Housing", "Water"):
        Entry.objects.filter(pk=entry.pk).update(title=title)
    tell_server.call()
    forget_server()
    Entry.objects.filter(pk=entry.pk).delete()
    make_entry("Solidarity", pk=entry.pk, ref=entry.ref)
    Built.objects.create(name="x", began_at=timezone.now())
    assert compare(there, repair=True).numbers["outdated"] == 1
    assert compare(there).agree
    there.refresh()
    assert answer().found == 1


def test_comparing_goes_on_where_one_side_has_more(there, monkeypatch):
    monkeypatch.setattr("search.services.comparing.STEP", 4)
    entries = [make_entry(f"Solidarity {number}") for number in range(25)]
    rebuild(there)
    gone = [entry.pk for entry in entries[2:20]]
    Entry.objects.filter(pk__in=gone).delete()
    Pending.objects.all().delete()
    result = compare(there)
    assert (result.entries, result.numbers) == (7, {"missing": 0, "outdated": 0, "surplus": 18, "failed": 0})
    assert result.surplus == gone
    assert compare(there, repair=True).repaired == 18
    assert compare(there).agree


def test_a_small_index_that_is_missing_is_built_by_the_worker(there, monkeypatch):
    """The server came back with nothing, or the code asks for another kind of index."""
    make_entry("Solidarity")
    monkeypatch.setattr(tending, "SMALL", 0)
    tend_server()
    assert there.indexes() == []
    monkeypatch.setattr(tending, "SMALL", 1)
    tend_server()
    assert answer().found == 1
    before = there.indexes()
    monkeypatch.setattr("search.backends.server.made_for", lambda: "another")
    tend_server()
    assert answer().found == 1
    assert len(there.indexes()) == 1
    assert there.indexes() != before


def test_an_index_that_is_being_built_is_not_begun_anew(there, monkeypatch):
    """The building takes longer than a minute: the tick sees that there is no index yet."""
    monkeypatch.setattr(rebuilding, "AT_ONCE", 1)
    for number in range(3):
        make_entry(f"Solidarity {number}")

    def tick(done: int, total: int) -> None:
        tend_server()
        tending.build_index.call()

    assert rebuild(there, tick) == 3
    assert answer().found == 3


def test_an_index_that_nobody_is_at_any_more_is_begun_anew(there):
    make_entry("Solidarity")

    def fail(done: int, total: int) -> None:
        raise ServerAway

    def stop(done: int, total: int) -> None:
        """As a worker that is killed: it tidies nothing away."""
        Built.objects.update(seen_at=timezone.now() - rebuilding.QUIET)
        tend_server()

    with pytest.raises(ServerAway):
        rebuild(there, fail)
    tend_server()
    assert answer().found == 1
    there.drop(there.indexes_of(there.alias)[0])
    with pytest.raises(TakenOver):
        rebuild(there, stop)
    assert answer().found == 1


def test_what_is_withdrawn_when_the_new_index_takes_its_place_is_not_found_there(there, monkeypatch):
    entries = [make_entry("Solidarity") for _each in range(AT_ONCE + 2)]
    rebuild(there)

    def meanwhile(name: str, real=there.put_in_place) -> None:
        """Once all that was written can be found."""
        Entry.objects.filter(pk__in=[each.pk for each in entries[1:]]).delete()
        tell_server.call()
        real(name)

    monkeypatch.setattr(there, "put_in_place", meanwhile)
    rebuild(there)
    assert answer().found == 1
    assert not Pending.objects.exists()


def test_commands_build_compare_and_repair(there):
    entry = make_entry("Solidarity")
    said = StringIO()
    call_command("update_index", "--server-only", stdout=said)
    assert f"index of {there.name}: 1 in" in said.getvalue()
    call_command("check_search", "--server-only", stdout=said)
    Entry.objects.filter(pk=entry.pk).delete()
    Pending.objects.all().delete()
    with pytest.raises(SystemExit):
        call_command("check_search", "--server-only", stdout=said)
    assert f"surplus: 1 ({entry.pk})" in said.getvalue()
    call_command("check_search", "--server-only", "--repair", stdout=said)
    call_command("check_search", "--server-only", stdout=said)
    call_command("update_index", "--forget-server", stdout=said)
    make_entry("Solidarity")
    assert not Pending.objects.exists()


def test_without_a_server_commands_say_so():
    for command in ("update_index", "check_search"):
        with pytest.raises(CommandError, match="No search server"):
            call_command(command, "--server-only")


def test_readiness_names_what_is_late(there, monkeypatch):
    with pytest.raises(Fault, match="there is no index"):
        check_search_server()
    make_entry("Solidarity")
    rebuild(there)
    check_search_server()
    make_entry("Solidarity again")
    check_search_server()
    Pending.objects.update(since=timezone.now() - timedelta(minutes=6))
    with pytest.raises(Fault, match="waited for more than five minutes"):
        check_search_server()
    tend_server()
    check_search_server()
    front.breaker.went_wrong()
    with pytest.raises(Fault, match="the database does, no changes wait"):
        check_search_server()


def test_a_server_that_refuses_a_query_does_not_cost_an_answer(there, monkeypatch):
    """A fault of ours: it is logged, and the database answers."""
    front.database().add_bulk(Entry, [make_entry("Solidarity")])
    rebuild(there)
    monkeypatch.setattr("search.backends.searches.matched", lambda asked: {"no such query": {}})
    found = answer()
    assert (found.degraded, found.found) == (True, 1)
    assert front.breaker.closed


def test_a_server_that_is_not_there_is_asked_once(settings, monkeypatch):
    settings.WAGTAILSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS | {
        front.SERVER: {"BACKEND": "search.backends.opensearch", "URLS": ["http://127.0.0.1:9"]}
    }
    monkeypatch.setattr(front, "breaker", Breaker())
    front.server.cache_clear()
    try:
        front.database().add_bulk(Entry, [make_entry("Solidarity")])
        assert (answer().degraded, answer().found) == (True, 1)
        monkeypatch.setattr(front.server(), "perform", None)
        assert answer().degraded
        monkeypatch.undo()
        call_command("update_index", stderr=(said := StringIO()))
        assert "the database does until its index is built" in said.getvalue()
    finally:
        front.server.cache_clear()


def test_what_withdraws_is_left_out_until_it_was_told_and_no_more_than_can_be(there, monkeypatch):
    front.database().add_bulk(Entry, [make_entry(f"Solidarity {number}") for number in range(5)])
    rebuild(there)
    entry = Entry.objects.first()
    Entry.objects.filter(pk=entry.pk).update(access="forum.7")
    assert (answer().found, answer().degraded) == (4, False)
    monkeypatch.setattr(front, "MOST_WITHDRAWN", 0)
    assert (answer().found, answer().degraded) == (4, True)
    tell_server.call()
    assert (answer().found, answer().degraded) == (4, False)
