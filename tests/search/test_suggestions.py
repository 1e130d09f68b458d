"""What the box suggests while somebody types."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.core.page_cache.stamp import bump_stamp
from cms.reference.models import GlossaryTerm
from cms.taxonomy.models import Person
from initiatives.models import ReferenceCode
from search.backends import front
from search.models import Entry
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


def test_a_code_suggests_its_document_first(client, site):
    made = [make_document(title="A" * (number + 1), date=date(2010, 1, 1)) for number in range(9)]
    codes = {
        code: page.title
        for page in made
        for code in ReferenceCode.objects.filter(translation_key=page.translation_key).values_list(
            "code", flat=True
        )
    }
    assert sorted(codes) == [f"IF2010-0{number}" for number in range(1, 10)]
    make_document(title="On IF2010-09")
    catch_up()
    for typed in ("IF2010-09", "if2010-9", "IF 2010 09", "IF2010/09", "if201009"):
        assert suggested(client, typed) == [codes["IF2010-09"], "On IF2010-09"]
    assert suggested(client, f"{codes['IF2010-03']} IF2010-03") == [codes["IF2010-03"]]
    # What is typed on the way to it.
    for typed in ("IF2010", "IF2010-", "if2010-0"):
        assert len(suggested(client, typed)) == 8
    assert suggested(client, "IF2010-10") == []


@pytest.mark.parametrize("text", ["", "s", "!", '"', "\x00", "*", "é" * 5000, "a' OR 1 --", "{}", "-", "٣"])
def test_nothing_for_what_tells_nothing(client, filled, text):
    assert suggested(client, text) == []


@pytest.mark.parametrize("model", [Page, GlossaryTerm, Person])
def test_what_is_over_is_suggested_no_more_before_it_is_taken_down(client, filled, model):
    """Even by an entry that was left behind and knows nothing of it."""
    before = suggested(client, "sol")
    over = timezone.now() - timedelta(seconds=1)
    model.objects.update(expire_at=over)
    Entry.objects.update(until=None)
    gone = {
        Page: ["Solidarity finance in the Aude", "Solidarités rurales"],
        GlossaryTerm: ["solidarity economy"],
        Person: ["Solveig Aune"],
    }[model]
    assert suggested(client, "sol") == [title for title in before if title not in gone]
    model.objects.update(expire_at=timezone.now() + timedelta(hours=1))
    assert suggested(client, "sol") == before


def test_an_answer_takes_one_query_and_no_session(client, filled):
    suggested(client, "sol")
    bump_stamp()
    suggested(client, "warm up what is kept")
    with CaptureQueriesContext(connection) as asked:
        assert suggested(client, "sol")
    assert len(asked) == 1
    assert not client.cookies


def test_what_is_in_another_language_says_in_which(client, filled):
    response = client.get("/en/search/suggestions/?q=solidarite")
    named = {each["title"]: (each["lang"], each["lang_name"]) for each in response.json()["suggestions"]}
    assert named["Solidarités rurales"] == ("fr", "français")
    response = client.get("/fr/search/suggestions/?q=solidarite")
    assert {each["lang_name"] for each in response.json()["suggestions"]} == {""}


def test_each_leads_to_its_page(client, filled):
    response = client.get("/en/search/suggestions/?q=sol")
    for each in response.json()["suggestions"]:
        assert client.get(each["url"]).status_code == 200


def test_a_page_under_a_restriction_is_not_suggested_though_an_entry_was_left_behind(client, filled, site):
    page = Page.objects.get(title="Solidarity finance in the Aude")
    left = Entry.objects.get(object=page.pk, section="library")
    page.get_parent().view_restrictions.create(restriction_type="login")
    assert not Entry.objects.filter(pk=left.pk).exists()
    Entry.objects.bulk_create([left])
    front.database().add_bulk(Entry, [left])
    assert "Solidarity finance in the Aude" not in suggested(client, "solidarity")
