"""The page of results: sections, what is found, what is said."""

import pytest
from bs4 import BeautifulSoup

from tests.factories.documents import make_document
from tests.factories.entries import make_term
from tests.forum.talking import make_category, make_member, make_reply, make_topic


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, response
    return BeautifulSoup(response.content, "html.parser")


def titles(client, address) -> list[str]:
    return [heading.get_text(strip=True) for heading in page(client, address).select(".hits h3")]


@pytest.fixture
def indexed(site, index):
    english = make_document(title="Solidarity finance", summary="Savings that stay where they are made.")
    make_document(title="Finance solidaire", lang="fr", translation_of=english, summary="Une épargne locale.")
    gone = make_document(title="Solidarity gone")
    make_document(title="Employers’ groups")
    author = make_member()
    topic = make_topic(author, make_category(), title="Where savings go", source="Into solidarity, I hope.")
    make_reply(author, topic, source="Solidarity is a large word.")
    make_term("Solidarity economy")
    index()
    gone.unpublish()
    index()


@pytest.mark.django_db
def test_a_word_is_looked_for_in_all_sections(client, indexed):
    found = page(client, "/en/search/?q=solidarity")
    assert [each.get_text(" ", strip=True) for each in found.select(".sections li")] == [
        "Everything 3",
        "Library 1",
        "Glossary 1",
        "Forum 1",
    ]
    assert titles(client, "/en/search/?q=solidarity&section=forum") == ["Where savings go"]
