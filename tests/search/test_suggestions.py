"""What the box suggests while somebody types."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.core.page_cache.stamp import bump_stamp
from search.services.waiting import catch_up
from tests.factories.documents import make_document
from tests.factories.entries import make_person, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(site):
    english = make_document(title="Solidarity finance in the Aude")
    make_document(title="La finance solidaire dans l’Aude", lang="fr", translation_of=english)
    make_document(title="Solidarités rurales", lang="fr")
    make_document(title="Solidarity in a draft", publish=False)
    make_term("solidarity economy")
    make_person(name="Solveig Aune")
    catch_up()


def suggested(client, text, language="en"):
    response = client.get(f"/{language}/search/suggestions/", {"q": text})
    assert response.status_code == 200
    return [each["title"] for each in response.json()["suggestions"]]


def test_titles_terms_and_people_that_begin_so(client, filled):
    assert suggested(client, "sol") == [
        "solidarity economy",
        "Solveig Aune",
        "Solidarity finance in the Aude",
        "Solidarités rurales",
    ]


def test_all_words_are_beginnings_or_whole_and_accents_do_not_matter(client, filled):
    assert suggested(client, "finance sol") == ["Solidarity finance in the Aude"]
    assert suggested(client, "solidarite", "fr") == ["Solidarités rurales"]
    assert suggested(client, "l'aud", "fr") == ["La finance solidaire dans l’Aude"]


@pytest.mark.parametrize("text", ["", "s", "!", '"', "\x00", "*", "é" * 5000, "a' OR 1 --", "{}", "-", "٣"])
def test_nothing_for_what_tells_nothing(client, filled, text):
    assert suggested(client, text) == []


def test_an_answer_takes_one_query_and_no_session(client, filled):
    suggested(client, "sol")
    bump_stamp()
    suggested(client, "warm up what is kept")
    with CaptureQueriesContext(connection) as asked:
        assert suggested(client, "sol")
    assert len(asked) == 1
    assert not client.cookies


def test_each_leads_to_its_page(client, filled):
    response = client.get("/en/search/suggestions/?q=sol")
    for each in response.json()["suggestions"]:
        assert client.get(each["url"]).status_code == 200
