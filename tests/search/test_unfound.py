"""What people look for and do not find: counted without knowing who, written down late, shown to administrators."""

import pytest
from django.core.cache import caches
from django.utils import timezone

from search.models import Unfound
from search.services.unfound import forget_unfound
from search.services.waiting import catch_up
from tests.factories.documents import make_document, make_user
from tests.factories.entries import make_term

pytestmark = pytest.mark.django_db
THREE = ("192.0.2.1", "192.0.2.2", "192.0.2.3")


@pytest.fixture(autouse=True)
def _nothing_counted():
    caches["pages"].clear()


def look_for(client, words, *addresses, **more):
    for address in addresses:
        assert client.get("/en/search/", {"q": words, **more}, REMOTE_ADDR=address).status_code == 200


def written() -> list[tuple[str, int]]:
    return list(Unfound.objects.values_list("words", "times"))


def test_words_are_written_down_when_three_visitors_found_nothing(client, site):
    look_for(client, "Complementary  currencies", "192.0.2.1", "192.0.2.2")
    assert written() == []
    look_for(client, "complementary currencies", "192.0.2.3", "192.0.2.4")
    assert written() == [("complementary currencies", 4)]


def test_words_of_which_only_some_are_found_are_written_down_too(client, site):
    make_document(title="Solidarity finance")
    catch_up()
    look_for(client, "solidarity zebra", *THREE)
    look_for(client, "solidarity finance", *THREE)
    assert written() == [("solidarity zebra", 3)]


def test_what_is_found_in_another_section_than_the_one_looked_through_is_found(client, site):
    make_document(title="Solidarity finance")
    make_document(title="Zebra", summary="Of solidarity.")
    make_term("finance")
    catch_up()
    look_for(client, "solidarity finance", *THREE, section="glossary")
    assert written() == []


@pytest.mark.parametrize(
    "words", ["Amélie", "amelie complementary", "Lefèvre-Blanc", "LEFEVRE", "a.lefevre77", "amelielefevre"]
)
def test_a_word_of_a_members_name_is_never_written_down(client, site, words):
    make_user(name="a.lefevre77", display_name="Amélie de Lefèvre")
    make_user(name="blanc", display_name="Amélie Lefèvre")
    look_for(client, words, *THREE)
    assert written() == []


def test_what_many_names_hold_is_a_word_like_others(client, site):
    make_user(name="a", display_name="A. de la Cruz")
    look_for(client, "monnaie de la vallée", *THREE)
    assert written() == [("monnaie de la vallée", 3)]


def test_what_becomes_a_members_name_is_forgotten(site):
    for words in ("amélie", "currencies"):
        Unfound.objects.create(words=words, language="en", times=9, last_day=timezone.now().date())
    make_user(display_name="Amélie")
    forget_unfound()
    assert written() == [("currencies", 9)]


def test_one_visitor_counts_once_a_day(client, site):
    look_for(client, "currencies", *["192.0.2.1"] * 5)
    assert written() == []


@pytest.mark.parametrize(
    "words",
    [
        "ana@example.org",
        "www.example.org",
        "+352 621 123 456",
        '"a phrase of mine"',
        "IF2010-99",
        "!!",
        "alpha beta gamma delta epsilon zeta eta theta",
    ],
)
def test_what_may_be_somebodys_own_is_never_written_down(client, site, words):
    look_for(client, words, *(f"192.0.2.{number}" for number in range(9)))
    assert written() == []


def test_a_machine_that_asks_for_everything_is_not_counted(client, site):
    for number in range(40):
        look_for(
            client,
            f"wordless {chr(97 + number % 26)}{number // 26}x",
            "192.0.2.1",
        )
    look_for(client, "last words", "192.0.2.1", "192.0.2.2", "192.0.2.3")
    assert written() == []
    look_for(client, "last words", "192.0.2.4")
    assert written() == [("last words", 3)]


def test_what_nobody_looks_for_any_more_is_forgotten(site):
    Unfound.objects.create(words="old", language="en", times=9, last_day="2020-01-01")
    forget_unfound()
    assert written() == []


def test_administrators_read_it_and_nobody_else(client, site):
    Unfound.objects.create(words="<b>currencies", language="fr", times=7, last_day="2026-01-01")
    client.force_login(make_user("Administrators"))
    page = client.get("/admin/search/unfound/").content.decode()
    assert "&lt;b&gt;currencies" in page
    assert "/fr/search/?q=%3Cb%3Ecurrencies" in page
    client.force_login(make_user("Editors"))
    assert client.get("/admin/search/unfound/").status_code == 403
