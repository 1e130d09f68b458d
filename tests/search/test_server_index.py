"""The index on a real search server: written as entries change, built anew, compared."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from search.asking import read
from search.backends import front, parcels
from search.backends.documents import document
from search.backends.parcels import Withdrawn
from search.backends.server import AT_ONCE
from search.engines import Asked, Word
from search.filters import Filters
from search.models import Built, Entry, Pending
from search.queries.finding import find
from search.services.comparing import compare
from search.services.rebuilding import rebuild
from search.services.telling import tell_server
from tests.search.conftest import NOW
from tests.search.entries import make_entry

pytestmark = pytest.mark.django_db


def tell() -> int:
    return tell_server.call()


def found(there, *words: str, **fields) -> set[int]:
    there.refresh()
    asked = Asked(words=tuple(map(Word, words)), open_languages=frozenset({"en", "fr"}), **fields)
    return {hit.entry for hits in there.answer(asked).rows.values() for hit in hits}


def test_an_index_that_is_built_holds_all_entries(there):
    entries = {make_entry(f"Solidarity {number}").pk for number in range(3)}
    assert rebuild(there) == 3
    assert found(there, "solidarity") == entries
    assert there.indexes_of(there.next_alias) == []
    assert Built.objects.get().ended_at


def test_what_changes_is_told(there):
    kept, gone = make_entry("Solidarity kept"), make_entry("Solidarity gone")
    rebuild(there)
    gone_key = gone.pk
    gone.delete()
    Entry.objects.filter(pk=kept.pk).update(title="Co-operation")
    added = make_entry("Solidarity added")
    assert set(Pending.objects.values_list("entry", flat=True)) == {kept.pk, gone_key, added.pk}
    assert tell() == 3
    assert found(there, "solidarity") == {added.pk}
    assert found(there, "cooperation") == {kept.pk}
    assert not Pending.objects.exists()


def test_nothing_is_noted_before_there_is_an_index():
    entry = make_entry("Solidarity")
    entry.delete()
    assert not Pending.objects.exists()


def test_a_comparison_finds_what_differs_and_repairs_it(there):
    same, missing, outdated, gone = (make_entry(f"Solidarity {number}") for number in range(4))
    rebuild(there)
    there.write(there.alias, [Withdrawn(missing.pk, missing.version + 1)])
    Entry.objects.filter(pk=outdated.pk).update(title="New")
    gone_key = gone.pk
    gone.delete()
    Pending.objects.all().delete()
    result = compare(there)
    assert (result.missing, result.outdated, result.surplus) == ([missing.pk], [outdated.pk], [gone_key])
    assert result.entries == 3
    assert not result.agree
    compare(there, repair=True)
    assert compare(there).agree
    assert found(there, "solidarity") == {same.pk, missing.pk}


def test_withdrawn_is_gone_before_the_server_knows(there):
    entry = make_entry("Solidarity")
    rebuild(there)
    asked = Asked(words=(Word("solidarity"),), open_languages=frozenset({"en"}))
    assert front.engine().answer(asked).found == 1
    entry.delete()
    answer = front.engine().answer(asked)
    assert (answer.found, answer.degraded) == (0, False)


def test_what_was_withdrawn_among_many_changes_is_gone_when_it_was_told(there):
    """Many changes are found within a second; nobody waits so long for what is withdrawn."""
    entries = [make_entry("Solidarity") for _each in range(3)]
    rebuild(there)
    asked = Asked(words=(Word("solidarity"),), open_languages=frozenset({"en"}))
    assert front.engine().answer(asked).found == 3
    for number in range(AT_ONCE):
        make_entry(f"Housing {number}")
    entries[0].delete()
    Entry.objects.filter(pk=entries[1].pk).update(access="forum.7")
    assert tell() == AT_ONCE + 2
    assert not Pending.objects.exists()
    answer = front.engine().answer(asked)
    assert (answer.found, answer.degraded) == (1, False)


def refusing(entry: Entry) -> dict:
    """As documents are, but for those that are poison."""
    return {**document(entry), **({"moment": "no moment"} if "poison" in entry.title else {})}


def test_an_entry_that_the_server_refuses_holds_up_no_other(there, monkeypatch, caplog):
    first, poison = make_entry("Solidarity first"), make_entry("Solidarity")
    rebuild(there)
    monkeypatch.setattr(parcels, "document", refusing)
    Entry.objects.filter(pk=poison.pk).update(title="Solidarity, poison")
    last = make_entry("Solidarity last")
    assert tell() == 2
    assert not Pending.objects.exists()
    assert "refuses an entry" in caplog.text
    # Not as it was before, either.
    assert found(there, "solidarity") == {first.pk, last.pk}
    assert compare(there).missing == [poison.pk]
    rebuild(there)
    assert found(there, "solidarity") == {first.pk, last.pk}
    assert compare(there).missing == [poison.pk]
    monkeypatch.undo()


def test_an_entry_that_was_refused_is_taken_once_it_can_be(there, monkeypatch):
    entry = make_entry("Solidarity")
    rebuild(there)
    with monkeypatch.context() as patch:
        patch.setattr(parcels, "document", refusing)
        Entry.objects.filter(pk=entry.pk).update(title="Solidarity, poison")
        tell()
    compare(there, repair=True)
    assert compare(there).agree
    assert found(there, "solidarity") == {entry.pk}


def test_one_round_trip_answers_and_one_more_tries_all_else(
    there, django_assert_max_num_queries, monkeypatch
):
    make_entry("Finance")
    rebuild(there)
    asked = []
    monkeypatch.setattr(there, "perform", lambda *each, real=there.perform: asked.append(each) or real(*each))
    for text, trips in (("finance", 1), ("finance hausing", 2), ("hausing", 1)):
        asked.clear()
        with django_assert_max_num_queries(9):
            find(read(text), Filters(), AnonymousUser(), "en")
        assert len(asked) == trips


SOON, LATER = NOW + timedelta(days=1), NOW + timedelta(days=9)


@pytest.mark.parametrize(
    ("before", "after", "withdrawn"),
    [
        (None, NOW, True),
        (LATER, SOON, True),
        (SOON, SOON, False),
        (SOON, LATER, False),
        (LATER, None, False),
        (None, None, False),
    ],
)
def test_what_ends_earlier_is_withdrawn_with_the_statement_that_says_so(before, after, withdrawn):
    Built.objects.create(name="an index", began_at=NOW)
    entry = make_entry("Solidarity", until=before)
    Entry.objects.filter(pk=entry.pk).update(until=after)
    assert list(Pending.objects.values_list("entry", "withdrawn")) == [(entry.pk, withdrawn)]


def test_what_is_over_is_not_counted_before_the_server_knows(there):
    entry = make_entry("Solidarity", until=LATER)
    make_entry("Solidarity to stay")
    rebuild(there)
    asked = Asked(words=(Word("solidarity"),), open_languages=frozenset({"en"}), now=NOW)
    assert front.engine().answer(asked).found == 2
    Entry.objects.filter(pk=entry.pk).update(until=NOW - timedelta(minutes=1))
    assert (front.engine().answer(asked).found, front.engine().answer(asked).degraded) == (1, False)
    assert tell() == 1
    assert front.engine().answer(asked).found == 1
