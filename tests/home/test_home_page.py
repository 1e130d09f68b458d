import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.models import Work
from home.models import HomePage
from initiatives.models import Collection, CollectionIndex, Event, InitiativeFile
from tests.factories.documents import make_document
from tests.translations.translating import public, take_in
from tests.wiki.publishing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(site):
    """Three works: one in two languages, one in French only, one event to come; a collection."""
    index = CollectionIndex.objects.get(locale__language_code="en")
    collection = Collection(title="On the road", slug="on-the-road", summary="Gathered on the way.")
    index.add_child(instance=collection)
    collection.save_revision().publish()
    english = make_document(InitiativeFile, title="A workshop for repairs", collections=[collection])
    make_document(InitiativeFile, lang="fr", title="Un atelier de réparation", translation_of=english)
    make_document(InitiativeFile, lang="fr", title="Le jardin partagé")
    soon = timezone.localdate() + timedelta(days=20)
    make_document(Event, title="A forum to come", starts=soon, ends=soon + timedelta(days=2))
    make_document(Event, title="A workshop of the past", starts=date(2009, 4, 23), ends=date(2009, 4, 25))
    return site


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_shows_each_work_once_and_says_when_it_is_in_another_language(client, library):
    home = text(client, "/en/")
    assert home.count("A workshop for repairs") == 1
    assert "Un atelier de réparation" not in home
    assert '<h3 lang="fr" dir="ltr">' in home
    assert "Le jardin partagé" in home
    assert "in français" in home
    assert "Un atelier de réparation" in text(client, "/fr/")


def test_tells_events_to_come_from_those_past(client, library):
    home = text(client, "/en/")
    coming, past = home[home.index("To come") :].split("<h3>Past</h3>")
    assert "A forum to come" in coming
    assert "A workshop of the past" not in coming
    assert "A workshop of the past" in past


def test_counts_works_and_gathers_collections(client, library):
    home = text(client, "/en/")
    assert '<a href="/en/library/"><b>4</b> <span>documents</span></a>' in home
    assert '<a href="/en/collections/on-the-road/">On the road</a>' in home


def test_an_empty_library_says_so(client, site):
    home = text(client, "/en/")
    assert "The library is still empty" in home
    assert 'class="tally"' not in home


def test_costs_at_most_eight_queries(client, library, django_assert_max_num_queries):
    client.get("/en/")  # the first page after a change loads the catalogue, which is then kept
    with django_assert_max_num_queries(8):
        client.get("/en/?again")


def test_cost_does_not_grow_with_the_library(client, library, django_assert_max_num_queries):
    for number in range(12):
        make_document(InitiativeFile, title=f"One more {number}")
    client.get("/en/")
    with django_assert_max_num_queries(8):
        client.get("/en/?again")


def test_is_the_same_for_everyone(client, library):
    answer = client.get("/en/")
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert answer.headers["Cache-Control"].startswith("public")


def test_names_its_languages_to_search_engines(client, library):
    home = text(client, "/en/")
    for code in ("en", "fr", "es"):
        assert f'<link rel="alternate" hreflang="{code}" href="http://testserver/{code}/">' in home
    assert '<link rel="canonical" href="http://testserver/en/">' in home
    assert 'hreflang="pt"' not in home


def test_uses_no_inline_script_or_style(client, library):
    home = text(client, "/en/")
    assert " style=" not in home
    assert "<style" not in home
    assert all("src=" in part.split(">")[0] for part in home.split("<script")[1:])


def test_headline_and_moves_come_from_the_page(client, library):
    page = HomePage.objects.get(locale__language_code="en")
    page.headline, page.propose = "What holds", "Say what should change."
    page.save_revision().publish()
    with override("en"):
        home = text(client, "/en/?new")
    assert '<h1 id="headline">What holds</h1>' in home
    assert "Say what should change." in home


class TestBehind:
    """The home page of a language whose original goes on says so, as documents do."""

    @pytest.fixture
    def homes(self, site):
        """In English, and in French as it was made from it."""
        for code in ("en", "fr"):
            page = public(site[code])
            page.headline = {"en": "What works", "fr": "Ce qui marche"}[code]
            page.lead = {"en": "<p>Come in.</p><p>Stay.</p>", "fr": "<p>Entrez.</p><p>Restez.</p>"}[code]
            page.illustrate = {"en": "Show it.", "fr": "Montrez."}[code]
            page.save_revision().publish()
        # The empty pages that the site begins with are not what it was made from.
        Work.objects.filter(translation_key=site["en"].translation_key).delete()
        take_in(site["en"])
        return site

    def goes_on(self, homes, significance: str, **fields) -> None:
        publish(public(homes["en"]), note_significance=significance, **fields)
        take_in(homes["en"])
        bump_stamp()

    def test_nothing_is_said_of_a_fresh_one_nor_after_a_typo(self, client, homes):
        assert 'class="behind' not in text(client, "/fr/")
        self.goes_on(homes, "typo", headline="What works!")
        assert 'class="behind' not in text(client, "/fr/")

    def test_it_says_so_marks_the_passages_and_opens_the_source(self, client, homes):
        self.goes_on(homes, "substance", headline="What holds", lead="<p>Come in.</p><p>Stay for long.</p>")
        page = text(client, "/fr/")
        assert re.search(r"Ce qui marche</h1>\s*<details class=\"passage\"", page)
        assert re.search(r"<p>Restez\.</p>\s*<details class=\"passage\"", page)
        assert '<p lang="en" dir="ltr">Stay for long.</p>' in page
        notice = page[page.index('<section class="behind') :]
        assert 'href="/en/"' in notice[: notice.index("</section>")]
        assert page.count('class="passage"') == 2
        assert 'class="behind' not in text(client, "/en/")

    def test_a_move_is_marked_where_it_stands(self, client, homes):
        self.goes_on(homes, "addition", illustrate="Show it to all.")
        assert re.search(r"<p>Montrez\.</p><details class=\"passage\"", text(client, "/fr/"))

    def test_what_has_no_place_on_the_page_is_told_in_the_notice(self, client, homes):
        self.goes_on(homes, "addition", debate="Talk about it.")
        page = text(client, "/fr/")
        assert page.count("Talk about it.") == 1
        assert 'class="behind' in page
