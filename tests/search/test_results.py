"""The page of results: what it shows, what it says, what is in its address."""

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.core.page_cache.stamp import bump_stamp
from forum.models.category import CategoryText
from initiatives.models import ReferenceCode
from search import presenting
from search.engines import FACETS
from search.filters import Filters, parse
from tests.factories.documents import make_document, make_user
from tests.factories.entries import make_organisation, make_person, make_term, make_theme
from tests.forum.talking import make_category, make_member, make_reply, make_topic
from tests.search.searching import catch_up

pytestmark = pytest.mark.django_db


def page(client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, response
    return BeautifulSoup(response.content, "html.parser")


def titles(found: BeautifulSoup) -> list[str]:
    return [" ".join(heading.get_text().split()) for heading in found.select(".hits h3")]


def texts(found: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(each.get_text(" ", strip=True).split()) for each in found.select(selector)]


@pytest.fixture(scope="module")
def filled_once(site_of_module):
    finance = make_theme("Finance", slug="finance")
    english = make_document(
        title="Solidarity finance", summary="Savings that stay where they are made.", themes=[finance]
    )
    make_document(title="Finance solidaire", lang="fr", translation_of=english, summary="Une épargne locale.")
    make_document(title="Employers’ groups", summary="Solidarity among employers.")
    make_document(title="Seulement en français", lang="fr", summary="L’économie solidaire des vallées.")
    make_person("Sol Idarity", mandate="Speaks of savings.")
    make_organisation("Solidarity bank")
    term = make_term("solidarity economy")
    make_term("économie solidaire", lang="fr", translation_of=term)
    topic = make_topic(make_member(), make_category(name="Savings"), "Where do savings go?", "To solidarity.")
    make_reply(make_member(), topic, "Solidarity <b>is</b> a large word & more.")
    catch_up()


@pytest.fixture
def filled(filled_once, site, searched_by):
    """Some texts of every kind, to be found, by each engine."""


def test_all_sections_are_looked_through_and_counted(client, filled):
    found = page(client, "/en/search/?q=solidarity")
    assert texts(found, ".sections li") == [
        "Everything 5",
        "Library 2",
        "Glossary 1",
        "People and organisations 1",
        "Forum 1",
    ]
    assert titles(found)[0] == "Solidarity finance"
    assert texts(found, ".found h2") == ["Library", "Glossary", "People and organisations", "Forum"]


def test_links_and_landmarks_have_names_of_their_own(client, filled):
    found = page(client, "/en/search/?q=solidarity")
    assert texts(found, ".found .spread a") == [
        "All 2 results , Library",
        "1 result , Glossary",
        "1 result , People and organisations",
        "1 result , Forum",
    ]
    names = [each.get("aria-label") for each in found.select("[role=search]")]
    assert names == ["Search the site", "Your search"]


@pytest.mark.parametrize(
    ("language", "number", "at_least", "said"),
    [
        ("en", 3000, False, ("3,000", "All 3,000 results")),
        ("en", 3000, True, ("more than 3,000", "More than 3,000 results")),
        ("fr", 3000, True, ("plus de 3\xa0000", "Plus de 3\xa0000 résultats")),
        ("es", 3000, True, ("más de 3\xa0000", "Más de 3\xa0000 resultados")),
        ("fr", 1, False, ("1", "1 résultat")),
    ],
)
def test_numbers_are_written_as_the_language_does(language, number, at_least, said):
    with translation.override(language):
        assert (presenting.count(number, at_least), presenting.leads(number, at_least)) == said


def test_names_of_categories_say_their_language_where_it_is_another(client, site):
    member = make_member()
    only_english, both = make_category(name="Savings"), make_category(name="Loans")
    CategoryText.objects.create(category=both, language="fr", name="Prêts")
    for category in (only_english, both):
        make_topic(member, category, "Solidarity", "Of solidarity.")
    catch_up()
    bump_stamp()
    found = page(client, "/fr/search/?q=solidarity&section=forum")
    for selector in (".hits .badge", "[data-facet=category] a span:first-child"):
        named = {each.get_text(): each.get("lang") for each in found.select(selector)}
        assert named == {"Savings": "en", "Prêts": None}, selector


def test_a_section_has_counted_facets_that_narrow_and_can_be_taken_back(client, filled):
    make_document(title="Finance for farms")
    catch_up()
    found = page(client, "/en/search/?q=finance&section=library")
    assert texts(found, "[data-facet=language] a") == ["English 2", "français 1"]
    narrowed = found.select_one("[data-facet=language] a[href*='language=fr']")["href"]
    assert narrowed == "/en/search/?q=finance&section=library&language=fr"
    found = page(client, narrowed)
    assert titles(found) == ["Finance solidaire"]
    assert texts(found, "[data-facet=language] a") == ["English 2", "français 1"]
    assert found.select_one(".chips a")["href"] == "/en/search/?q=finance&section=library"
    assert page(client, "/en/search/?q=finance&theme=finance").select("[data-facet=theme] [aria-current]")


def test_a_work_is_one_result_in_the_readers_language(client, filled):
    assert "Finance solidaire" not in titles(page(client, "/en/search/?q=finance"))
    assert titles(page(client, "/fr/search/?q=finance+solidaire&section=library"))[0] == "Finance solidaire"


def test_a_document_in_another_language_is_found_by_the_glossary_and_says_so(client, filled):
    found = page(client, "/en/search/?q=solidarity+economy&section=library")
    assert titles(found) == ["Seulement en français"]
    card = found.select_one(".hits .card")
    assert card.select_one("h3")["lang"] == "fr"
    assert "also found: économie solidaire" in " ".join(card.get_text(" ", strip=True).split())
    assert [mark.get_text() for mark in card.select(".excerpt mark")] == ["économie", "solidaire"]
    off = found.select_one(".also a")["href"]
    found = page(client, off)
    assert "Seulement en français" not in titles(found)
    assert titles(page(client, found.select_one(".also a")["href"])) == ["Seulement en français"]


def test_of_several_names_that_one_is_told_which_stands_there(client, site, searched_by):
    term = make_term("participatory research", variants="action research")
    make_term("recherche participative", lang="fr", translation_of=term, variants="recherche-action")
    make_document(
        title="Vieillir chez soi", lang="fr", summary="Une recherche-action. La démarche est participative."
    )
    make_document(title="Ailleurs", lang="fr", summary="La recherche, quand elle est bien participative.")
    catch_up()
    bump_stamp()
    found = page(client, "/en/search/?q=action+research&section=library")
    cards = {card.select_one("h3").get_text(): card for card in found.select(".hits .card")}
    card = cards["Vieillir chez soi"]
    assert card.select_one("em").get_text() == "recherche-action"
    assert [mark.get_text() for mark in card.select(".excerpt mark")] == ["recherche", "action"]
    assert cards["Ailleurs"].select_one("em").get_text() == "recherche participative"


def test_found_words_are_marked_and_nothing_else_is_markup(client, filled):
    found = page(client, "/en/search/?q=large&section=forum")
    excerpt = found.select_one(".hits .excerpt")
    assert str(excerpt.find("mark")) == "<mark>large</mark>"
    # The forum shows HTML as it was typed, and so does the search.
    assert "Solidarity <b>is</b> a large word & more." in excerpt.get_text()
    assert not excerpt.find("b")
    found = page(client, "/en/search/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert not found.select("main script")
    assert "<script>alert(1)</script>" in found.get_text()


def test_a_conversation_is_one_result(client, filled):
    found = page(client, "/en/search/?q=solidarity&section=forum")
    assert titles(found) == ["Where do savings go?"]
    assert "1 other post of this topic was found" in found.get_text()


def test_a_misspelt_word_is_put_right_in_one_click(client, filled):
    found = page(client, "/en/search/?q=solidarty+finence")
    link = found.select_one(".did-you-mean a")
    assert link.get_text() == "solidarity finance"
    assert titles(page(client, link["href"]))[0] == "Solidarity finance"


def test_others_who_misspelt_a_word_alike_do_not_hide_what_was_meant(client, filled):
    make_topic(make_member(), make_category(), "Who knows?", "Of solidarty and its friends.")
    catch_up()
    found = page(client, "/en/search/?q=solidarty")
    assert titles(found) == ["Who knows?"]
    link = found.select_one(".did-you-mean a")
    assert link.get_text() == "solidarity"
    assert len(titles(page(client, link["href"]))) > 3


@pytest.mark.parametrize("typed", ["employer", "saving", "solidarity", "solidarities"])
def test_nothing_else_is_offered_for_another_form_of_a_word_that_is_known(client, filled, typed):
    found = page(client, f"/en/search/?q={typed}")
    assert titles(found)
    assert not found.select(".did-you-mean")


def test_other_names_of_terms_are_offered_too(client, site):
    make_term("solidarity economy", variants="complementary currencies")
    catch_up()
    assert (
        page(client, "/en/search/?q=complementery").select_one(".did-you-mean a").get_text()
        == "complementary"
    )


def test_where_not_all_words_are_found_some_are_and_that_is_said(client, filled):
    found = page(client, "/en/search/?q=solidarity+zebra")
    assert "Nothing holds all of these words" in found.get_text()
    assert titles(found)[0] == "Solidarity finance"


def test_where_a_section_alone_holds_not_all_words_it_shows_what_holds_some(client, filled):
    found = page(client, "/en/search/?q=solidarity+employers&section=forum")
    assert "Nothing in this section holds all of these words" in found.get_text()
    assert titles(found) == ["Where do savings go?"]
    assert texts(found, ".sections li") == ["Everything 2", "Library 1", "Forum 1"]


def test_words_that_mean_nothing_in_the_readers_language_are_no_reason_to_find_something(client, filled):
    found = page(client, "/en/search/?q=is+the+solidarity+of+zebras&section=forum")
    assert [mark.lower() for mark in texts(found, ".excerpt mark")] == ["solidarity"]


def test_what_bears_the_very_name_that_was_typed_comes_first(client, site, searched_by):
    make_term("Gouvernance", lang="fr", definition="Décider ensemble.")
    make_term("gouvernance multiniveaux", lang="fr", definition="La gouvernance de plusieurs échelles.")
    catch_up()
    for typed in ("gouvernance", "« GOUVERNANCE »"):
        found = page(client, f"/fr/search/?q={typed}&section=glossary")
        assert titles(found) == ["Gouvernance", "gouvernance multiniveaux"]


def test_words_that_stand_before_a_reference_code_do_not_hide_it(client, site, searched_by):
    document = make_document(title="Bread")
    catch_up()
    code = ReferenceCode.objects.get(translation_key=document.translation_key).code
    found = page(client, f"/en/search/?q=dossier+{code}")
    assert titles(found) == ["Bread"]
    assert "Nothing holds all of these words" in found.get_text()
    assert titles(page(client, f"/en/search/?q={code.replace('-', '/')}")) == ["Bread"]


def test_nothing_found_helps_on(client, filled):
    found = page(client, "/en/search/?q=zebra")
    assert "Nothing found for “zebra”" in found.get_text()
    arabic = page(client, "/en/search/?q=%D9%88%D8%B5%D9%8A%D9%81")
    assert arabic.select_one(".empty h2 bdi").get_text() == "وصيف"
    assert {"/en/library/", "/en/forum/"} <= {a["href"] for a in found.select(".empty a")}


@pytest.mark.parametrize("query", ["", "%20", "!?", "%00", "%F0%9F%92%A1", "---"])
def test_an_empty_query_is_told_what_to_type(client, filled, query):
    found = page(client, f"/en/search/?q={query}")
    assert "Type words in any language" in found.get_text()


@pytest.mark.parametrize(
    "query",
    [
        *(
            "a",
            '"',
            "'",
            '"open',
            'x" AND *',
            "a OR NOT (",
            "*",
            "()",
            "NEAR(a b, 3)",
            "title:x",
            "a^2~1 [x TO y]",
        ),
        *(
            "solid*",
            "so?id",
            "-solidarity",
            "+solidarity",
            "\\",
            "%",
            "_",
            "{}",
            "$$",
            "1=1; DROP TABLE x --",
        ),
        *(
            "a" * 10_000,
            "a " * 5_000,
            "\u202eabc\u202c",
            "مرحبا solidarity עולם",
            "社会経済",
            "ไทย",
            "क्षि",
            "\ufffe\ud7ff",
        ),
    ],
    ids=lambda query: ascii(query[:14]),
)
def test_whatever_is_typed_gets_an_answer(client, filled, query):
    for section in ("", "library", "forum"):
        response = client.get("/en/search/", {"q": query, "section": section})
        assert response.status_code == 200
        assert not response.cookies


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("q=solidarity&page=0", 200),
        ("q=solidarity&page=-9", 200),
        ("q=solidarity&page=x", 200),
        ("q=solidarity&page=99999999999999999999", 200),
        ("q=solidarity&section=library&page=7", 302),
        ("q=solidarity&section=nowhere", 200),
        ("q=solidarity&section=library&theme=nothing", 200),
        ("q=solidarity&section=forum&theme=finance", 200),
        ("q=solidarity&section=forum&author=99999999999999999999999", 200),
        ("q=solidarity&section=library&year=%00", 200),
        ("q=solidarity&section=library&" + "&".join(f"year={year}" for year in range(1000, 2000)), 200),
    ],
)
def test_addresses_nobody_was_given(client, filled, address, status):
    response = client.get(f"/en/search/?{address}")
    assert response.status_code == status
    if status == 302:
        assert response["Location"] == "/en/search/?q=solidarity&section=library"


def test_what_an_address_asks_for_and_is_not_known_is_said(client, filled):
    found = page(client, "/en/search/?q=solidarity&section=library&theme=nothing&page=x")
    assert "“nothing” is not known" in found.get_text()
    assert "There is no page “x”" in found.get_text()
    assert titles(found) == ["Solidarity finance", "Employers’ groups"]


ODD = st.text(max_size=30) | st.sampled_from(
    ['"', "AND", "*", "NEAR(", "\0", "IF2010-03", "solidarity", "a" * 400]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(ODD, max_size=5),
    st.sampled_from(["", "library", "glossary", "people", "forum", "x"]),
    st.dictionaries(
        st.sampled_from([*FACETS["library"], *FACETS["forum"], "page", "typed", "x"]), ODD, max_size=4
    ),
)
def test_no_query_and_no_address_is_an_error(client, filled, parts, section, more):
    response = client.get("/en/search/", {"q": " ".join(parts), "section": section, **more})
    assert response.status_code in (200, 302)
    assert client.get("/en/search/suggestions/", {"q": "".join(parts)}).status_code == 200


@given(
    st.lists(
        st.tuples(st.sampled_from([*FACETS["library"], "section", "page", "typed"]), st.text(max_size=12))
    )
)
def test_an_address_is_read_back_as_it_was_written(pairs):
    def known(section: str, facet: str, value: str) -> str:
        return value[:8].strip()  # no value of a facet begins or ends with a blank

    filters = parse("words", pairs, known)
    written = QueryDict(filters.query()[1:])
    again = parse(written["q"], [(k, v) for k, vs in written.lists() for v in vs], known)
    assert (again.section, again.chosen, again.page, again.typed) == (
        filters.section,
        filters.chosen,
        filters.page,
        filters.typed,
    )


def test_every_way_of_narrowing_has_one_address():
    filters = Filters("a b", "library", {"theme": ("x",), "type": ("if",)})
    assert filters.query() == "?q=a+b&section=library&type=if&theme=x"


def test_answers_are_kept_by_nobody(client, filled):
    assert client.get("/en/search/?q=solidarity")["Cache-Control"] == "no-cache"
    client.force_login(make_user())
    assert client.get("/en/search/?q=solidarity")["Cache-Control"] == "private, no-store"
