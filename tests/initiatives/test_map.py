"""The map's page: the list of places, from which the browser draws."""

import pytest
from django.test import override_settings

from initiatives.ground import HEIGHT, land_svg
from initiatives.models import CaseStudy, InitiativeFile
from tests.factories.documents import make_document

from .library_tools import counts, make_territory, places, soup


@pytest.fixture
def aude(site):
    france = make_territory("france", kind="country", latitude=46.6, longitude=2.4)
    return make_territory("aude", france, kind="area", latitude=43.1, longitude=2.4)


def listed(response) -> list[tuple]:
    """(name, latitude, longitude, kind, titles) of each place."""
    return [
        (
            place.h3.get_text(strip=True),
            float(place["data-latitude"]),
            float(place["data-longitude"]),
            place["data-kind"],
            [link.get_text(strip=True) for link in place.select("li a")],
        )
        for place in soup(response).select("#places > li")
    ]


def test_works_stand_at_their_own_coordinates_else_at_those_of_their_territory(client, aude):
    make_document(InitiativeFile, title="Own", latitude=42.654, longitude=2.405, territories=places(aude))
    make_document(InitiativeFile, title="Led", territories=places(aude))
    make_document(CaseStudy, title="With it", territories=places(aude))
    make_document(title="Nowhere")
    response = client.get("/en/library/map/?order=title")
    assert listed(response) == [
        ("Aude, France", 43.1, 2.4, "", ["Led", "With it"]),
        ("Aude, France", 42.654, 2.405, "if", ["Own"]),
    ]
    assert soup(response).select_one(".unplaced a").get_text() == "Nowhere"


def test_the_map_and_the_list_answer_the_same_filters(client, aude):
    make_document(InitiativeFile, title="File", territories=places(aude))
    make_document(CaseStudy, title="Case", territories=places(aude))
    response = client.get("/fr/library/map/?type=cs&territory=france")
    assert [row[-1] for row in listed(response)] == [["Case"]]
    assert counts(response, "territory") == {"France": 1, "Aude": 1}
    links = {link["href"] for link in soup(response).select("main a[href]")}
    assert "/fr/library/?type=cs&territory=france" in links
    assert "/fr/library/map/?territory=france" in links  # without the type
    assert "/fr/library/grid/?type=cs&territory=france" in links


def test_coordinates_are_written_for_machines_in_every_language(client, aude):
    make_document(title="Led", territories=places(aude))
    assert 'data-latitude="43.100"' in client.get("/fr/library/map/").content.decode()


def test_without_tiles_the_page_names_no_other_site(client, aude):
    make_document(territories=places(aude))
    page = client.get("/en/library/map/").content.decode()
    assert 'data-tiles=""' in page
    assert "https://" not in page.split("<main")[1].split("</main")[0]
    with override_settings(MAP_TILES_URL="https://tiles.example/{z}/{x}/{y}.png"):
        assert "tiles.example" in client.get("/en/library/map/?order=oldest").content.decode()


def test_nothing_found_loads_no_map(client, site):
    page = client.get("/en/library/map/").content.decode()
    assert "leaflet.js" not in page
    assert "still empty" in page


def test_a_hundred_places_a_page(client, site):
    for number in range(101):
        make_document(
            InitiativeFile, title=f"Number {number}", latitude=float(number % 80), longitude=float(number)
        )
    first = client.get("/en/library/map/")
    assert len(listed(first)) == 100
    beyond = client.get("/en/library/map/?page=7")
    assert (beyond.status_code, beyond["Location"]) == (302, "/en/library/map/?page=2")
    assert len(listed(client.get(beyond["Location"]))) == 1


@pytest.mark.django_db
def test_the_ground_is_served_as_a_picture_to_keep(client, site):
    response = client.get("/en/library/map/land.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert "max-age" in response["Cache-Control"]
    assert response.content.startswith(b"<svg ")


def test_the_ground_holds_the_land_and_is_light():
    drawing = land_svg()
    assert f"0 0 2400 {HEIGHT}" in drawing
    assert 20_000 < len(drawing) < 60_000


@pytest.mark.parametrize("documents", [3, 30])
def test_the_map_asks_no_more_for_more_documents(client, aude, documents, django_assert_max_num_queries):
    for _number in range(documents):
        make_document(territories=places(aude))
    with django_assert_max_num_queries(14):
        client.get("/en/library/map/?territory=aude")
