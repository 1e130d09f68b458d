"""The public pages of the glossary and the bibliography."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from cms.reference.models import BibliographyEntry, GlossaryTerm
from initiatives.models import DocumentReference
from tests.factories.documents import make_document
from tests.factories.entries import make_term, make_work

BUDGET = 12


def address(name: str, entry=None, lang: str = "en") -> str:
    with override(lang):
        return reverse(f"reference:{name}", args=[entry.slug] if entry else [])


def titles(answer) -> list[str]:
    return re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", answer.content.decode())


@pytest.fixture
def solidarity(site):
    """One term in three languages."""
    term = make_term("solidarity economy", forbidden="charity economy", note="It rests on rights.")
    make_term("économie solidaire", lang="fr", translation_of=term, variants="économies solidaires")
    make_term("economía solidaria", lang="es", translation_of=term)
    return term


def test_the_glossary_gives_each_term_with_its_definition_and_its_equivalents(solidarity, client):
    make_term("ñandú", lang="es")
    html = client.get(address("glossary", lang="es")).content.decode()
    assert "What economía solidaria means." in html
    assert re.search(
        r'<a href="/fr/glossary/solidarity-economy/" hreflang="fr" lang="fr" dir="ltr">économie solidaire',
        html,
    )
    assert re.findall(r'<a href="#(letter-.)">', html) == ["letter-e", "letter-ñ"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("economia", ["solidarity economy"]),
        ("ÉCONOMIES", ["solidarity economy"]),
        ("charity", ["solidarity economy"]),
        ("  antenna ", ["regional antenna"]),
        ("nothing like it", []),
        ("«»", ["regional antenna", "solidarity economy"]),
        ("\0", ["regional antenna", "solidarity economy"]),
        ("x" * 5000, []),
        ("<script>", []),
    ],
)
def test_a_term_is_found_by_a_form_in_any_language(solidarity, client, asked, found):
    make_term("regional antenna")
    answer = client.get(address("glossary"), {"q": asked})
    assert answer.status_code == 200
    assert titles(answer) == found
    assert "<script>alert" not in answer.content.decode()
    assert "<script>&" not in answer.content.decode()


def test_the_page_of_a_term_says_how_to_use_it(solidarity, client):
    html = client.get(address("term", solidarity)).content.decode()
    assert "<del>charity economy</del>" in html
    assert "It rests on rights." in html
    assert "economía solidaria" in html
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert (data["@type"], data["name"], data["inLanguage"]) == ("DefinedTerm", "solidarity economy", "en")


def test_a_name_that_stays_as_it_is_says_so(site, client):
    term = make_term("CIGL", do_not_translate=True)
    assert "kept as it is in every language" in client.get(address("term", term)).content.decode()


def test_a_term_lists_the_documents_and_terms_that_use_it_in_any_language(solidarity, client):
    used = make_term("third pillar", definition="<p>Where the <b>Solidarity economy</b> stands.</p>")
    make_document(title="On the solidarity economy")
    make_document(title="Une fiche", lang="fr", summary="De l’économie solidaire.")
    make_document(title="En el cuerpo", lang="es", body=[("text", "<p>La economía solidaria crece.</p>")])
    make_document(title="In a section", context="<p>A solidarity economy network.</p>")
    make_document(title="Nothing of it")
    make_document(title="A solidarity economy draft", publish=False)
    found = {"On the solidarity economy", "Une fiche", "En el cuerpo", "In a section", used.term}
    assert set(titles(client.get(address("term", solidarity)))) == found


def test_a_term_missing_in_the_readers_language_is_shown_in_another_and_says_so(site, client):
    term = make_term("reading grid")
    answer = client.get(address("term", term, "fr"))
    assert answer.status_code == 200
    assert '<h1 lang="en" dir="ltr">reading grid</h1>' in answer.content.decode()
    assert "reading grid" in client.get(address("glossary", lang="fr")).content.decode()


def test_links_in_a_definition_lead_to_public_pages_only(site, client):
    shown = make_document(title="Shown")
    hidden = make_document(title="Hidden", publish=False)
    term = make_term(
        "grid",
        definition=f'<a linktype="page" id="{shown.pk}">one</a> <a linktype="page" id="{hidden.pk}">two</a>',
    )
    html = client.get(address("term", term)).content.decode()
    assert f'<a href="{shown.get_url()}">one</a>' in html
    assert "<a>two</a>" in html


def test_unknown_and_unpublished_entries_are_not_found_and_appear_nowhere(site, client):
    term = make_term("hidden term", publish=False)
    work = make_work("Hidden work", publish=False)
    assert client.get(address("term", term)).status_code == 404
    assert client.get(address("work", work)).status_code == 404
    assert client.get("/en/glossary/nothing/").status_code == 404
    assert client.get("/en/bibliography/nothing/").status_code == 404
    assert "hidden term" not in client.get(address("glossary")).content.decode()
    assert "Hidden work" not in client.get(address("bibliography")).content.decode()


@pytest.fixture
def works(site):
    return [
        make_work("Annuaire", kind="report", authors="Zimmer, A", year=2005, language="fr"),
        make_work("On the road", kind="book", authors="Élie, Paul", year=2009),
        make_work("A site", kind="website"),
    ]


def shown_works(answer) -> list[str]:
    return re.findall(r"<cite[^>]*>([^<]*)</cite>", answer.content.decode())


def test_the_bibliography_is_sorted_as_one(works, client):
    assert shown_works(client.get(address("bibliography"))) == ["A site", "On the road", "Annuaire"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "report"}, ["Annuaire"]),
        ({"year": "2009"}, ["On the road"]),
        ({"year": "unknown"}, ["A site"]),
        ({"kind": "book", "year": "2009"}, ["On the road"]),
        ({"kind": "book", "year": "2005"}, []),
    ],
)
def test_the_bibliography_is_filtered_by_plain_links(works, client, query, found):
    assert shown_works(client.get(address("bibliography"), query)) == found


@pytest.mark.parametrize(
    "query", [{"kind": "nope"}, {"year": "0"}, {"year": "20 09"}, {"kind": "'\"<"}, {"year": "9" * 99}]
)
def test_unknown_filters_are_left_out_and_it_is_said(works, client, query):
    answer = client.get(address("bibliography"), query)
    assert answer.status_code == 200
    assert len(shown_works(answer)) == 3
    assert "left out" in answer.content.decode()


def test_the_page_of_a_work_cites_it_and_lists_what_refers_to_it(works, client):
    make_document(title="A file", references=[DocumentReference(entry=works[0], pages="12")])
    answer = client.get(address("work", works[0]))
    html = answer.content.decode()
    assert titles(answer) == ["A file"]
    assert 'Zimmer, A (2005). <cite lang="fr">Annuaire</cite>.' in html
    assert '<h1 lang="fr" dir="ltr">Annuaire</h1>' in html
    assert "1 document refers to it" in client.get(address("bibliography")).content.decode()


def test_an_address_that_is_no_web_address_is_not_kept(site):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        make_work("W", url="javascript:alert(1)")


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_empty_lists_are_pages(site, client, lang):
    for name in ("glossary", "bibliography"):
        assert client.get(address(name, lang=lang)).status_code == 200


def test_pages_cost_few_queries_the_same_for_few_and_many(
    solidarity, works, client, django_assert_max_num_queries
):
    def fill(number: int) -> None:
        for _place in range(number):
            shown = make_document(
                summary="On the solidarity economy", references=[DocumentReference(entry=works[0])]
            )
            link = f'<a linktype="page" id="{shown.pk}">here</a>'
            make_term(definition=f"<p>The solidarity economy, {link}.</p>")
            make_work()

    def costs() -> dict[str, int]:
        found = {}
        for name, entry in (
            ("glossary", None),
            ("term", solidarity),
            ("bibliography", None),
            ("work", works[0]),
        ):
            where = address(name, entry)
            client.get(where, {"first": "after a change"})
            with django_assert_max_num_queries(BUDGET) as asked:
                assert client.get(where, {"then": "another reader"}).status_code == 200
            found[name] = len(asked)
        return found

    fill(1)
    few = costs()
    fill(6)
    assert costs() == few
    assert all(few.values())


def test_models_have_no_other_public_rows_than_their_pages_show(site):
    # The pages read through `visible_to`, which leaves drafts out.
    make_term("shown")
    make_term("hidden", publish=False)
    assert [term.term for term in GlossaryTerm.objects.visible_to(None)] == ["shown"]
    assert not BibliographyEntry.objects.visible_to(None).exists()
