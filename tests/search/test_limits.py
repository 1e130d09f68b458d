"""What a database takes too long over is given up: the page says so, and the site goes on."""

import pytest
from django.db import DatabaseError, connection, transaction

from search.backends import candidates
from search.backends.limits import TooSlow, rows_of
from search.models import Unfound
from search.services import unfound
from search.services.waiting import catch_up
from tests.factories.documents import make_document

pytestmark = pytest.mark.django_db
# Ends by itself after a long while only, so that a limit that does not hold fails the test.
ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000000) SELECT max(i) FROM n"
)

NONE = "0"
PLENTY = 60  # seconds


@pytest.fixture
def slow(site, settings, monkeypatch):
    """A site whose searches never end by themselves."""
    make_document(title="Solidarity")
    catch_up()
    settings.SEARCH_SECONDS = 0.02
    monkeypatch.setattr(candidates, "rows_of", lambda found, sql, params: rows_of(found, ENDLESS, ()))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Looking for “<bdi>solidarity</bdi>” took too long"),
        ("fr", "La recherche de « <bdi>solidarity</bdi> » a pris trop de temps"),
        ("es", "La búsqueda de «<bdi>solidarity</bdi>» ha tardado demasiado"),
    ],
)
def test_the_page_says_so_in_the_language_of_its_reader(client, slow, language, said):
    for rest in ("", "&section=library", "&section=library&page=7"):
        response = client.get(f"/{language}/search/?q=solidarity{rest}")
        assert response.status_code == 200
        assert said in response.text
        assert "Nothing found" not in response.text


def test_nothing_is_suggested(client, slow):
    assert client.get("/en/search/suggestions/?q=soli").json() == {"suggestions": []}


def test_it_does_not_count_as_what_nobody_found(client, slow, monkeypatch):
    monkeypatch.setattr(unfound, "THRESHOLD", 1)
    client.get("/en/search/?q=solidarity")
    assert not Unfound.objects.exists()


def test_what_else_might_be_found_is_given_up_alone(client, slow, settings, monkeypatch):
    given = []

    def first_only(found, sql, params):
        given.append(sql)
        settings.SEARCH_SECONDS = PLENTY if len(given) == 1 else 0.02
        return rows_of(found, sql if len(given) == 1 else ENDLESS, params if len(given) == 1 else ())

    monkeypatch.setattr(candidates, "rows_of", first_only)
    response = client.get("/en/search/?q=zebra+giraffe")
    assert len(given) > 1
    assert "Nothing found for “<bdi>zebra giraffe</bdi>”" in response.text


def test_what_was_under_way_goes_on_and_the_limit_holds_for_nothing_else(slow, settings):
    with transaction.atomic():
        page = make_document(title="Under way")
        with pytest.raises(TooSlow):
            rows_of(connection, ENDLESS, ())
        page.refresh_from_db()
        settings.SEARCH_SECONDS = PLENTY
        assert rows_of(connection, "SELECT %s", (7,)) == [(7,)]
        assert limit_now() == NONE


@pytest.mark.django_db(transaction=True)
def test_it_holds_outside_a_transaction_too(settings):
    settings.SEARCH_SECONDS = 0.02
    with pytest.raises(TooSlow):
        rows_of(connection, ENDLESS, ())
    settings.SEARCH_SECONDS = PLENTY
    assert rows_of(connection, "SELECT %s", (7,)) == [(7,)]
    assert limit_now() == NONE


def limit_now() -> str:
    """Of the database itself; SQLite has none."""
    if connection.vendor != "postgresql":
        return NONE
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


def test_other_faults_stay_what_they_are(db):
    with pytest.raises(DatabaseError, match="nowhere"):
        rows_of(connection, "SELECT * FROM nowhere", ())
