"""The simple search: documents in the visitor's language."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from cms.core.page_cache.stamp import bump_stamp
from search.queries import LONGEST, clean_query
from tests.factories.documents import make_document


def titles(response) -> list[str]:
    return [
        heading.get_text(strip=True)
        for heading in BeautifulSoup(response.content, "html.parser").select("h3")
    ]


@pytest.fixture
def indexed(site):
    english = make_document(title="Solidarity finance", summary="Savings that stay where they are made.")
    make_document(title="Finance solidaire", lang="fr", translation_of=english, summary="Une épargne locale.")
    gone = make_document(title="Solidarity gone")
    gone.unpublish()
    make_document(title="Employers’ groups")
    bump_stamp()
    call_command("rebuild_modelsearch_index", verbosity=0)


@pytest.mark.django_db
def test_documents_in_the_visitors_language_that_hold_all_words(client, indexed):
    assert titles(client.get("/en/search/?q=solidarity")) == ["Solidarity finance"]
    assert titles(client.get("/en/search/?q=savings finance")) == ["Solidarity finance"]
    assert titles(client.get("/fr/search/?q=finance")) == ["Finance solidaire"]
    nothing = client.get("/en/search/?q=solidarity employers")
    assert "Nothing found" in nothing.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "",
        "%00",
        '"',
        "'",
        '"open',
        'x" AND *',
        "a OR NOT (",
        "*",
        "()",
        "a" * 10_000,
        "%F0%9F%8C%8D",
        "%FF",
        "-",
        "NEAR",
    ],
    ids=lambda query: query[:12],
)
def test_any_query_gets_an_answer(client, indexed, query):
    response = client.get("/en/search/", QUERY_STRING=f"q={query}")
    assert response.status_code == 200
    assert not response.cookies
    assert "public" not in response.get("Cache-Control", "")


@pytest.mark.django_db
def test_pages_that_do_not_exist(client, indexed):
    assert client.get("/en/search/?q=solidarity&page=9")["Location"] == "/en/search/?q=solidarity"
    assert client.get("/en/search/?q=solidarity&page=-9").status_code == 200


@given(st.text())
def test_a_query_is_one_short_line(text):
    query = clean_query(text)
    assert len(query) <= LONGEST
    assert query == query.strip()
    assert not any(ord(character) < 32 for character in query)
