"""The library: one entry per work, counted facets, addresses that mean the same in every language."""

import gc
from datetime import date

import pytest

from cms.core.page_cache.stamp import bump_stamp
from initiatives.models import CaseStudy, Event, InitiativeFile
from initiatives.queries.catalogue import catalogue
from tests.factories.documents import make_document

from .library_tools import (
    counts,
    facet_link,
    make_collection,
    make_territory,
    make_theme,
    places,
    soup,
    titles,
)

pytestmark = pytest.mark.django_db


def test_an_empty_library_says_so(client, site):
    response = client.get("/en/library/")
    assert response.status_code == 200
    assert "still empty" in response.content.decode()


def test_a_work_is_one_entry_in_the_visitors_language_else_in_its_original(client, site):
    english = make_document(title="A training centre")
    make_document(lang="fr", title="Un centre de formation", translation_of=english)
    make_document(lang="fr", title="Écoles paysannes")

    assert sorted(titles(client.get("/en/library/"))) == ["A training centre", "Écoles paysannes"]
    assert sorted(titles(client.get("/fr/library/"))) == ["Un centre de formation", "Écoles paysannes"]
    foreign = soup(client.get("/en/library/")).find("h3", lang="fr")
    assert foreign.get_text(strip=True) == "Écoles paysannes"
    assert foreign.a["href"].startswith("/fr/library/")
    # Counts count works: two, one of which exists in both languages.
    assert counts(client.get("/es/library/"), "language") == {"English": 1, "français": 2}


def test_drafts_and_what_was_taken_offline_are_not_listed(client, site):
    make_document(title="A draft", publish=False)
    gone = make_document(title="Gone")
    gone.unpublish()
    bump_stamp()
    assert titles(client.get("/en/library/")) == []


def test_values_of_one_facet_widen_and_facets_narrow(client, site):
    theme = make_theme("food", en="Food", fr="Alimentation")
    make_document(InitiativeFile, title="File on food", themes=[theme])
    make_document(InitiativeFile, title="File on work")
    make_document(CaseStudy, title="Case on food", themes=[theme])
    make_document(Event, title="Event")

    assert sorted(titles(client.get("/en/library/?type=if&type=ev"))) == [
        "Event",
        "File on food",
        "File on work",
    ]
    both = client.get("/en/library/?type=if&theme=food")
    assert titles(both) == ["File on food"]
    # A facet's own counts ignore its own choice: they say what each other value would give.
    assert counts(both, "type") == {"Initiative file": 1, "Case study": 1}
    assert counts(both, "theme") == {"Food": 1}
    assert counts(client.get("/fr/library/?theme=food"), "theme") == {"Alimentation": 2}


def test_a_parent_counts_what_is_below_it_and_a_choice_replaces_its_relatives(client, site):
    europe = make_territory("europe", kind="continent")
    france = make_territory("france", europe, kind="country")
    aude = make_territory("aude", france, kind="area")
    spain = make_territory("spain", europe, kind="country")
    make_document(title="In Aude", territories=places(aude))
    make_document(title="In France", territories=places(france))
    make_document(title="In Spain", territories=places(spain))

    start = client.get("/en/library/")
    assert counts(start, "territory") == {"Europe": 3, "France": 2, "Spain": 1}
    chosen = client.get(facet_link(start, "territory", "France"))
    assert sorted(titles(chosen)) == ["In Aude", "In France"]
    assert counts(chosen, "territory") == {"Europe": 3, "France": 2, "Aude": 1, "Spain": 1}
    assert facet_link(chosen, "territory", "Aude") == "/en/library/?territory=aude"
    assert facet_link(chosen, "territory", "Spain") == "/en/library/?territory=france&territory=spain"
    assert facet_link(chosen, "territory", "Europe") == "/en/library/?territory=europe"
    assert facet_link(chosen, "territory", "France") == "/en/library/"
    assert "Aude, France" in client.get("/en/library/").content.decode()


def test_a_link_to_the_row_of_another_language_means_the_same(client, site):
    theme = make_theme("food", en="Food", fr="Alimentation")
    french_row = type(theme).objects.get(slug="food", locale__language_code="fr")
    make_document(title="One", themes=[theme])
    make_document(title="Two", themes=[french_row])
    assert counts(client.get("/en/library/"), "theme") == {"Food": 2}


def test_an_entry_without_a_row_in_the_visitors_language_carries_its_own(client, site):
    make_document(title="One", themes=[make_theme("food", fr="Alimentation")])
    response = client.get("/en/library/")
    assert soup(response).select_one('section[data-facet="theme"] li span')["lang"] == "fr"


def test_collections_are_chosen_by_the_same_key_in_every_language(client, site):
    collection = make_collection("on-the-road", "On the road")
    make_document(title="On it", collections=[collection])
    make_document(title="Elsewhere")
    for code in ("en", "fr"):
        assert titles(client.get(f"/{code}/library/?collection=on-the-road")) == ["On it"]


def test_years_alone_in_spans_and_unknown(client, site):
    for year in (2008, 2009, 2011):
        make_document(title=f"Of {year}", date=date(year, 3, 1))
    make_document(title="Undated", date=None, date_precision="unknown")

    assert list(counts(client.get("/en/library/"), "year")) == ["2011", "2009", "2008", "not known"]
    assert titles(client.get("/en/library/?year=2009")) == ["Of 2009"]
    assert titles(client.get("/en/library/?year=2009-2011")) == ["Of 2011", "Of 2009"]
    assert titles(client.get("/en/library/?year_from=2009&year_to=")) == ["Of 2011", "Of 2009"]
    assert titles(client.get("/en/library/?year=-2008")) == ["Of 2008"]
    assert titles(client.get("/en/library/?year=unknown")) == ["Undated"]


def test_orders(client, site):
    make_document(title="Ébène", date=date(2008, 1, 1))
    make_document(title="Zinc", date=date(2011, 1, 1))
    make_document(title="argent", date=date(2009, 1, 1))
    make_document(title="Fer", date=None)
    assert titles(client.get("/en/library/")) == ["Zinc", "argent", "Ébène", "Fer"]
    assert titles(client.get("/en/library/?order=oldest")) == ["Ébène", "argent", "Zinc", "Fer"]
    assert titles(client.get("/en/library/?order=title")) == ["argent", "Ébène", "Fer", "Zinc"]


def test_filters_are_removed_one_by_one_or_all(client, site):
    make_document(InitiativeFile, title="One", date=date(2009, 1, 1))
    page = soup(client.get("/en/library/?type=if&year=2009&order=title"))
    chips = [link["href"] for link in page.select(".chips a")]
    assert chips == [
        "/en/library/?year=2009&order=title",
        "/en/library/?type=if&order=title",
        "/en/library/?order=title",
    ]
    assert page.find(string="on the map").parent["href"] == "/en/library/map/?type=if&year=2009"


def test_an_empty_result_offers_each_way_out_with_its_count(client, site):
    make_document(InitiativeFile, title="One", date=date(2009, 1, 1))
    make_document(CaseStudy, title="Two", date=date(2011, 1, 1))
    make_document(CaseStudy, title="Three", date=date(2011, 1, 1))
    page = soup(client.get("/en/library/?type=if&year=2011"))
    ways = [
        (way.a["href"], way.select_one(".soft").get_text(strip=True)) for way in page.select(".ways-out li")
    ]
    assert ways == [("/en/library/?year=2011", "2 documents"), ("/en/library/?type=if", "1 document")]


def test_twenty_a_page_and_a_page_past_the_end_leads_to_the_last(client, site):
    for number in range(21):
        make_document(title=f"Document {number:02d}")
    assert len(titles(client.get("/en/library/"))) == 20
    second = client.get("/en/library/?page=2")
    assert len(titles(second)) == 1
    assert soup(second).find("link", rel="canonical")["href"] == "http://testserver/en/library/?page=2"
    beyond = client.get("/en/library/?order=title&page=9")
    assert (beyond.status_code, beyond["Location"]) == (302, "/en/library/?order=title&page=2")


def test_the_library_is_the_same_for_everyone(client, site):
    make_document()
    response = client.get("/en/library/?type=if")
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert soup(response).find("meta", attrs={"name": "robots"})["content"] == "noindex"


@pytest.mark.parametrize("documents", [3, 40])
def test_the_number_of_queries_does_not_depend_on_the_number_of_documents(
    client, site, documents, django_assert_max_num_queries
):
    theme, place = make_theme("food"), make_territory("france", kind="country")
    for number in range(documents):
        make_document(
            (InitiativeFile, CaseStudy, Event)[number % 3], themes=[theme], territories=places(place)
        )
    address = "/en/library/?theme=food&territory=france&language=en"
    with django_assert_max_num_queries(14):  # with nothing in memory
        client.get(address)
    with django_assert_max_num_queries(3):
        client.get(address)


def test_loading_the_catalogue_leaves_the_garbage_collector_as_it_was(site, monkeypatch):
    def fails(*_anything):
        raise RuntimeError

    monkeypatch.setattr("initiatives.queries.catalogue.build", fails)
    bump_stamp()
    with pytest.raises(RuntimeError):
        catalogue()
    assert gc.isenabled()
