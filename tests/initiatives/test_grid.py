"""The reading grid: cases side by side, question by question."""

import pytest

from initiatives.models import CaseStudy, InitiativeFile, LearningJourney, ReferenceCode
from tests.factories.documents import make_document

from .library_tools import make_theme, soup

pytestmark = pytest.mark.django_db


def make_case(title, cls=CaseStudy, lang="en", **fields):
    fields.setdefault("grid_economy", f"<p>Economy of {title}</p>")
    return make_document(cls, title=title, lang=lang, **fields)


def code_of(page) -> str:
    return ReferenceCode.objects.get(translation_key=page.translation_key).code


def heads(response) -> list[str]:
    return [head.a.get_text(strip=True) for head in soup(response).select(".matrix thead th")]


def cells(response) -> list[list[str]]:
    """The words of the answers: a list for each question."""
    rows = soup(response).select(".matrix tbody tr:last-child")
    return [
        [cell.select_one(".prose, .missing").get_text(strip=True) for cell in row.select("td")]
        for row in rows
    ]


def offered(response) -> list[str]:
    return [label.span.span.get_text(strip=True) for label in soup(response).select("form.choose label")]


def test_without_a_choice_the_cases_that_answer_are_offered(client, site):
    make_case("Beta")
    make_case("Alpha", LearningJourney)
    make_case("Silent", grid_economy="")
    make_document(InitiativeFile, title="A file")
    response = client.get("/en/library/grid/")
    assert offered(response) == ["Beta", "Alpha"]  # by type, then by title
    assert "matrix" not in response.content.decode()
    assert soup(response).find("meta", attrs={"name": "robots"}) is None


def test_chosen_cases_stand_side_by_side_in_the_order_asked_for(client, site):
    one = make_case("One", grid_lessons="<p>Try it</p>")
    two = make_case("Two", LearningJourney)
    response = client.get(f"/en/library/grid/?case={code_of(two)}&case={one.pk}&case={code_of(one).lower()}")
    assert heads(response) == ["Two", "One"]
    answers = cells(response)
    assert len(answers) == 5
    assert answers[0] == ["Economy of Two", "Economy of One"]
    assert answers[1] == ["No answer was written."] * 2
    assert answers[4] == ["No answer was written.", "Try it"]
    assert soup(response).find("meta", attrs={"name": "robots"})["content"] == "noindex"
    remove = [link["href"] for link in soup(response).select(".chosen a.chip")]
    assert remove == [f"/en/library/grid/?case={code_of(one)}", f"/en/library/grid/?case={code_of(two)}"]
    assert [box["value"] for box in soup(response).select("input[checked]")] == [code_of(one), code_of(two)]


def test_a_case_is_shown_in_the_visitors_language_else_in_its_own(client, site):
    english = make_case("One")
    make_case("Un", lang="fr", translation_of=english, grid_economy="<p>Une économie</p>")
    alone = make_case("Two")
    response = client.get(f"/fr/library/grid/?case={code_of(english)}&case={code_of(alone)}")
    assert heads(response) == ["Un", "Two"]
    prose = soup(response).select(".matrix .prose")
    assert [answer.get("lang") for answer in prose] == [None, "en"]


def test_more_than_six_are_cut_to_the_first_six_and_said(client, site):
    codes = [code_of(make_case(f"Case {number}")) for number in range(8)]
    response = client.get("/en/library/grid/?" + "&".join(f"case={code}" for code in codes))
    assert heads(response) == [f"Case {number}" for number in range(6)]
    assert "The first six are shown" in soup(response).select_one(".notice").get_text()


@pytest.mark.parametrize(
    "value", ["CS1999-77", "0", "-1", "9" * 30, "%00", "x" * 10_000, "%F0%9F%8C%8D", "1e3", "٣"]
)
def test_a_case_that_does_not_exist_is_left_out_and_said(client, site, value):
    one = make_case("One")
    response = client.get(f"/en/library/grid/?case={value}&case={one.pk}")
    assert response.status_code == 200
    assert heads(response) == ["One"]
    assert "There is no case" in soup(response).select_one(".notice").get_text()


def test_a_thousand_cases_are_cut_short(client, site):
    response = client.get("/en/library/grid/?" + "&".join(f"case=CS1900-{number}" for number in range(1000)))
    assert response.status_code == 200
    assert len(soup(response).select(".notice p")) <= 6


def test_a_work_without_answers_is_left_out_and_said(client, site):
    silent = make_document(InitiativeFile)
    response = client.get(f"/en/library/grid/?case={silent.pk}")
    assert "does not answer the reading grid" in soup(response).select_one(".notice").get_text()


def test_filters_narrow_what_is_offered_and_stay(client, site):
    food = make_theme("food")
    inside = make_case("Inside", themes=[food])
    make_case("Outside")
    response = client.get(f"/en/library/grid/?case={inside.pk}&theme=food")
    assert offered(response) == ["Inside"]
    page = soup(response)
    assert page.select_one('form.choose input[type="hidden"]')["value"] == "food"
    assert page.select_one(".chips a.chip")["href"] == f"/en/library/grid/?case={code_of(inside)}"


def test_what_was_taken_offline_is_in_no_grid(client, site):
    case = make_case("Gone")
    case.unpublish()
    assert "There is no case" in client.get(f"/en/library/grid/?case={case.pk}").content.decode()


def test_links_in_answers_lead_to_pages_in_the_visitors_language(client, site):
    target = make_document(title="Target")
    french = make_document(title="Cible", lang="fr", translation_of=target)
    case = make_case("One", grid_economy=f'<p><a linktype="page" id="{target.pk}">see</a></p>')
    response = client.get(f"/fr/library/grid/?case={case.pk}")
    assert soup(response).select_one(".matrix .prose a")["href"] == f"/fr/library/{french.slug}/"


@pytest.mark.parametrize("documents", [6, 30])
def test_six_cases_with_links_cost_the_same_number_of_queries(
    client, site, documents, django_assert_max_num_queries
):
    target = make_document()
    link = f'<p><a linktype="page" id="{target.pk}">see</a></p>'
    cases = [
        make_case(f"Case {n}", (CaseStudy, LearningJourney)[n % 2], grid_power=link) for n in range(documents)
    ]
    address = "/en/library/grid/?" + "&".join(f"case={case.pk}" for case in cases[:6])
    client.get("/en/library/")  # the frame of the page and the catalogue are kept from here
    with django_assert_max_num_queries(4):
        assert len(heads(client.get(address))) == 6


def test_a_grid_with_nothing_in_memory_keeps_its_budget(client, site, django_assert_max_num_queries):
    case = make_case("One")
    with django_assert_max_num_queries(14):
        client.get(f"/en/library/grid/?case={case.pk}")
