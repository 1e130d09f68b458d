"""The public pages of people, organisations, territories and themes."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from cms.taxonomy.models import Organisation, Person, Territory, Theme
from initiatives.models import (
    CallForInterest,
    Contribution,
    DocumentContributor,
    DocumentOrganisation,
    DocumentTerritory,
    Event,
    EventCountry,
    LearningJourney,
)
from tests.factories.documents import make_document
from tests.factories.entries import make_entry, make_organisation, make_person, make_territory, make_theme

MODELS = {"person": Person, "organisation": Organisation, "territory": Territory, "theme": Theme}
LISTS = {name: f"{name}_list" for name in MODELS}


def address(section: str, entry=None, lang: str = "en") -> str:
    with override(lang):
        return reverse(f"taxonomy:{section}", args=[entry.slug] if entry else [])


def titles(answer) -> list[str]:
    return re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", answer.content.decode())


def linked_data(answer) -> dict:
    return json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode())[1]
    )


@pytest.mark.parametrize("section", MODELS)
def test_every_entry_has_a_page_and_stands_in_its_list(site, client, section):
    entry = make_entry(MODELS[section], "Ter’Res & Cie")
    page = client.get(address(section, entry))
    assert page.status_code == 200
    assert "<h1>Ter’Res &amp; Cie</h1>" in page.content.decode()
    assert address(section, entry) in client.get(address(LISTS[section])).content.decode()


@pytest.mark.parametrize("section", MODELS)
@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_an_empty_list_is_a_page(site, client, section, lang):
    assert client.get(address(LISTS[section], lang=lang)).status_code == 200


@pytest.mark.parametrize("section", MODELS)
def test_an_entry_missing_in_the_readers_language_is_shown_in_another_and_says_so(site, client, section):
    entry = make_entry(MODELS[section], "Solo")
    answer = client.get(address(section, entry, "fr"))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "English" in html.partition('data-kind="note"')[2][:400]
    assert '<meta name="robots" content="noindex">' in html
    if section != "person":  # a name of a person is the same everywhere
        assert '<h1 lang="en" dir="ltr">Solo</h1>' in html
    assert address(section, entry, "fr") in client.get(address(LISTS[section], lang="fr")).content.decode()


@pytest.mark.parametrize("section", MODELS)
def test_unknown_keys_and_drafts_are_not_found_and_appear_nowhere(site, client, section):
    draft = make_entry(MODELS[section], "Hidden draft", publish=False)
    assert client.get(address(section, draft)).status_code == 404
    assert "Hidden draft" not in client.get(address(LISTS[section])).content.decode()
    with override("en"):
        assert client.get(reverse(f"taxonomy:{section}", args=["nobody"])).status_code == 404


def test_a_draft_among_what_is_linked_appears_nowhere(site, client):
    hidden = make_territory("Hidden place", publish=False)
    inside = make_territory("Inside", parent=hidden)
    organisation = make_organisation("Shown", territory=hidden)
    secret = make_organisation("Hidden organisation", publish=False)
    person = make_person("Ann Shown", organisations=[secret, organisation], territory=hidden)
    for where in (
        address("person", person),
        address("organisation", organisation),
        address("territory", inside),
        address("territory_list"),
        address("person_list"),
        address("organisation_list"),
    ):
        assert "Hidden" not in client.get(where).content.decode()


def test_what_an_edited_entry_will_say_is_not_shown_before_it_is_published(site, client):
    person = make_person("Ann Martin", mandate="As published")
    person.mandate = "As drafted"
    person.save_revision()
    html = client.get(address("person", person)).content.decode()
    assert "As published" in html
    assert "As drafted" not in html


def test_a_person_is_found_under_the_family_name_in_the_order_of_the_language(site, client):
    for name in ("Zoé Andrieu", "Paul Élie", "Ann Edel", "Luc Eon"):
        make_person(name)
    assert titles(client.get(address("person_list"))) == ["Zoé Andrieu", "Ann Edel", "Paul Élie", "Luc Eon"]


def test_documents_of_a_person_say_in_which_part(site, client):
    person = make_person("Yvon Poirier")
    make_document(
        title="A file",
        contributors=[
            DocumentContributor(person=person, part="author"),
            DocumentContributor(person=person, part="facilitator"),
        ],
    )
    make_document(Event, title="A forum", contributions=[Contribution(title="Slides", person=person)])
    make_document(title="Another")
    html = client.get(address("person", person)).content.decode()
    assert "author, facilitator" in html
    assert set(re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", html)) == {"A file", "A forum"}


def test_a_work_counts_once_whatever_its_languages_and_the_rows_it_points_to(site, client):
    person = make_person("Yvon Poirier")
    twin = make_person("Yvon Poirier", lang="fr", translation_of=person)
    original = make_document(title="A file", contributors=[DocumentContributor(person=person, part="author")])
    make_document(
        title="Une fiche",
        lang="fr",
        translation_of=original,
        contributors=[DocumentContributor(person=twin, part="author")],
    )
    assert titles(client.get(address("person", person))) == ["A file"]
    assert titles(client.get(address("person", person, "fr"))) == ["Une fiche"]
    assert titles(client.get(address("person", person, "es"))) == ["A file"]
    assert "1 document<" in client.get(address("person_list")).content.decode()


def test_documents_of_an_organisation_and_its_people(site, client):
    organisation = make_organisation("Pactes Locaux")
    make_person("Ann Martin", organisations=[organisation])
    make_document(
        title="Carried", organisations=[DocumentOrganisation(organisation=organisation, part="carrier")]
    )
    make_document(LearningJourney, title="Hosted", host_organisation=organisation)
    make_document(CallForInterest, title="Issued", issuer=organisation)
    answer = client.get(address("organisation", organisation))
    assert set(titles(answer)) == {"Carried", "Hosted", "Issued", "Ann Martin"}


def test_a_territory_holds_what_refers_to_what_lies_in_it(site, client):
    europe = make_territory("Europe", kind="continent")
    france = make_territory("France", kind="country", parent=europe)
    aude = make_territory("Aude", kind="area", parent=france)
    make_document(title="In the Aude", territories=[DocumentTerritory(territory=aude)])
    make_document(Event, title="In France", venue_territory=france)
    make_document(Event, title="From France", countries=[EventCountry(territory=france)])
    make_organisation("BASE", territory=aude)
    make_person("Ann Martin", territory=aude)
    everything = {"In the Aude", "In France", "From France", "BASE", "Ann Martin"}
    assert set(titles(client.get(address("territory", europe)))) == everything
    assert set(titles(client.get(address("territory", aude)))) == {"In the Aude", "BASE", "Ann Martin"}
    tree = client.get(address("territory_list")).content.decode()
    counts = re.findall(r'>(Europe|France|Aude)</a> <span[^>]*><span aria-hidden="true">(\d+)', tree)
    assert counts == [("Europe", "3"), ("France", "3"), ("Aude", "1")]


def test_a_theme_holds_the_documents_of_its_children_and_points_to_the_library(site, client):
    work = make_theme("Work")
    care = make_theme("Care", parent=work)
    make_document(title="On care", themes=[care])
    make_document(title="On work", themes=[work])
    answer = client.get(address("theme", work))
    assert set(titles(answer)) == {"On care", "On work"}
    assert "/en/library/?theme=work" in answer.content.decode()
    assert titles(client.get(address("theme", care))) == ["On care"]


def test_a_circle_of_territories_breaks_nothing(site, client):
    one = make_territory("One")
    two = make_territory("Two", parent=one)
    Territory.objects.filter(pk=one.pk).update(parent=two)
    make_document(title="Somewhere", territories=[DocumentTerritory(territory=two)])
    for where in (address("territory_list"), address("territory", one), address("territory", two)):
        answer = client.get(where)
        assert answer.status_code == 200
        assert "Two" in answer.content.decode()


def test_private_drafts_of_documents_are_not_listed(site, client):
    person = make_person("Ann Martin")
    make_document(
        title="Draft", publish=False, contributors=[DocumentContributor(person=person, part="author")]
    )
    html = client.get(address("person", person)).content.decode()
    assert "Draft" not in html
    assert "No public document refers" in html


def test_linked_data_is_data(site, client):
    person = make_person("Ann </script><b>Martin", mandate="Speaks & listens")
    data = linked_data(client.get(address("person", person)))
    assert data["@type"] == "Person"
    assert data["name"] == "Ann </script><b>Martin"
    organisation = make_organisation("Pactes Locaux", acronym="PL", website="https://example.org/")
    data = linked_data(client.get(address("organisation", organisation)))
    assert (data["@type"], data["alternateName"], data["sameAs"]) == (
        "Organization",
        "PL",
        "https://example.org/",
    )


def test_the_switcher_says_where_an_entry_is_not_yet(site, client):
    person = make_person("Ann Martin")
    make_person("Ann Martin", lang="fr", translation_of=person)
    html = client.get(address("person", person)).content.decode()
    assert re.findall(r'rel="alternate" hreflang="(\w+)"', html) == ["en", "fr"]
    assert f'<a href="{address("person", person, "es")}" data-state="missing"' in html


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [("0", ""), ("-1", ""), ("x", ""), ("", ""), ("9" * 400, ""), ("2", ""), ("1e3", ""), ("٣", "")],
)
def test_pages_that_do_not_exist_lead_to_one_that_does(site, client, asked, leads_to):
    person = make_person("Ann Martin")
    answer = client.get(address("person", person), {"page": asked})
    assert answer.status_code == 302
    assert answer.headers["Location"] == address("person", person) + leads_to


def many_documents(person, number: int) -> None:
    for place in range(number):
        make_document(title=f"File {place}", contributors=[DocumentContributor(person=person, part="author")])


def test_many_referrers_come_in_pages_of_fifty(site, client, monkeypatch):
    from cms.core import entry_pages

    monkeypatch.setattr(entry_pages, "PER_PAGE", 3)
    person = make_person("Ann Martin")
    many_documents(person, 7)
    seen = [titles(client.get(address("person", person), {"page": page})) for page in (1, 2, 3)]
    assert [len(found) for found in seen] == [3, 3, 1]
    assert len({title for found in seen for title in found}) == 7
    assert client.get(address("person", person), {"page": 4}).headers["Location"].endswith("?page=3")
    assert (
        "page=3"
        in re.search(
            r'rel="canonical" href="([^"]*)"',
            client.get(address("person", person), {"page": 3}).content.decode(),
        )[1]
    )


# What a page costs beside what every process keeps until the site changes (catalogue, frame, counts).
BUDGET = 12


def test_pages_cost_few_queries_the_same_for_few_and_many(site, client, django_assert_max_num_queries):
    france, work = make_territory("France"), make_theme("Work")
    organisation = make_organisation("Pactes Locaux", territory=france)
    ann = make_person("Ann Martin", territory=france, organisations=[organisation])
    entries = {"person": ann, "organisation": organisation, "territory": france, "theme": work}

    def fill(number: int) -> None:
        for _place in range(number):
            territory, theme = make_territory(parent=france), make_theme(parent=work)
            person = make_person(territory=territory, organisations=[organisation])
            make_document(
                themes=[theme],
                territories=[DocumentTerritory(territory=territory)],
                contributors=[DocumentContributor(person=one) for one in (person, ann)],
                organisations=[DocumentOrganisation(organisation=organisation)],
            )

    def costs() -> dict[str, int]:
        found = {}
        for section in (*MODELS, *LISTS.values()):
            where = address(section, entries.get(section))
            client.get(where, {"first": "after a change"})
            with django_assert_max_num_queries(BUDGET) as asked:
                assert client.get(where, {"then": "another reader"}).status_code == 200
            # Now: the next request empties Django's list of queries.
            found[section] = len(asked)
        return found

    fill(1)
    few = costs()
    fill(6)
    assert costs() == few
    assert all(few[section] for section in MODELS)
