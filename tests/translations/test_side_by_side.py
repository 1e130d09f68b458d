"""Two languages of a page side by side."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.facing import matched, through_source
from cms.translations.facing_tables import partners
from tests.factories.documents import make_user
from tests.wiki.publishing import publish

from .originals import BODY, LONGER, body, edited
from .translating import take_in, task_of, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def translated(event, translator, reviewer):
    return translate(translator, reviewer, task_of(event, "fr"))


@pytest.fixture
def spanish(event, site):
    return translate(
        make_user("Translators (es)"), make_user("Language reviewers (es)"), task_of(event, "es")
    )


def address(page, code, lang="en"):
    return f"/{lang}/wiki/{page.pk}/side-by-side/{code}/"


def halves(client, url) -> list[list[str]]:
    """HTML of both sides, row by row."""
    bump_stamp()
    text = client.get(url).content.decode()
    return [re.split(r'<div class="cell"', pair)[1:] for pair in re.split(r'<div class="pair"', text)[1:]]


def words(cell: str) -> str:
    """What stands in it; "" where the side has nothing."""
    if "cell-nothing" in cell:
        return ""
    text = re.sub("<[^>]*>", "", re.search(r'dir="\w+">(.*?)</div>', cell, re.DOTALL)[1])
    return re.sub(r"\s+", " ", text)


def pairs(client, url) -> list[list[str]]:
    """The words outside of tables."""
    return [
        [words(cell) for cell in cells]
        for cells in halves(client, url)
        if not any("<table" in cell for cell in cells)
    ]


def tables(client, url) -> list[list[list[list[str]]]]:
    """Of each pair with a table, both: its caption as a row of one, then its rows; [] where there is none."""
    return [
        [
            [
                [
                    re.sub("<[^>]*>", "", part)
                    for part in re.findall(r"<(?:caption|t[hd])\b.*?</(?:caption|t[hd])>", row)
                ]
                for row in re.findall("(?:<caption|<tr>).*?(?:</caption>|</tr>)", cell)
            ]
            for cell in cells
        ]
        for cells in halves(client, url)
        if any("<table" in cell for cell in cells)
    ]


def rows_of(*rows: str) -> list[list[str]]:
    return [row.split(" | ") for row in rows]


def test_each_passage_stands_beside_its_translation(event, translated, client):
    found = pairs(client, address(event, "fr"))
    assert len(found) == 10
    assert all(two == f"FR {one}" for one, two in found)
    answer = client.get(address(event, "fr"))
    text = answer.content.decode()
    assert 'lang="fr" dir="ltr"' in text
    assert 'lang="en" dir="ltr"' in text
    assert '<meta name="robots" content="noindex">' in text
    assert answer.headers["Cache-Control"].startswith("public")


def test_from_the_other_side_too(event, translated, client):
    assert all(one == f"FR {two}" for one, two in pairs(client, address(translated, "en", "fr")))


def test_two_translations_meet_through_their_source(event, translated, spanish, client):
    found = pairs(client, address(translated, "es"))
    assert len(found) == 10
    assert all(one.removeprefix("FR ") == two.removeprefix("ES ") for one, two in found)


def test_what_changed_is_marked_and_what_is_new_stands_alone(event, translated, client):
    blocks = edited(("It lasted.", LONGER))
    blocks.insert(
        0, {"type": "text", "value": "<p>Quite new.</p>", "id": "11111111-0000-0000-0000-00000000000a"}
    )
    publish(event, note_significance="addition", body=body(blocks))
    take_in(event)
    found = pairs(client, address(event, "fr"))
    assert ["Quite new.", ""] in found
    assert [LONGER, "FR It lasted."] in found
    text = client.get(address(event, "fr")).content.decode()
    assert text.count('data-behind="yes"') == 1


def test_what_only_the_translation_has_is_not_lost(event, translated, client):
    publish(
        translated,
        body=body(
            [*BODY, {"type": "text", "value": "<p>Note.</p>", "id": "11111111-0000-0000-0000-00000000000b"}]
        ),
    )
    assert ["", "Note."] in pairs(client, address(event, "fr"))


def test_lists_and_headings_are_what_they_are(event, translator, reviewer, client):
    blocks = [BODY[0], {**BODY[1], "value": "<ul><li>One</li><li>Two</li></ul>"}]
    publish(event, body=body(blocks))
    take_in(event)
    translate(translator, reviewer, task_of(event, "fr"))
    bump_stamp()
    text = client.get(address(event, "fr")).content.decode()
    assert "<h3>FR Where it began</h3>" in text
    assert "<ul><li>FR One</li></ul>" in text


def table_block(caption: str, head: str, *rows: str, number: int = 3) -> dict:
    """A table as the body stores it: columns and cells between bars."""
    return {
        "type": "table",
        "id": f"11111111-0000-0000-0000-0000000000{number:02}",
        "value": {
            "caption": caption,
            "table": {
                "caption": "",
                "columns": [{"type": "text", "heading": each} for each in head.split(" | ")],
                "rows": [{"values": row.split(" | ")} for row in rows],
            },
        },
    }


def test_a_table_stands_beside_its_translation_as_a_table(event, translated, spanish, client):
    """In rows and columns, with the figures that nobody translates."""
    mine, french, spanish_table = (
        rows_of("Who came", "Country | People", "India | 4"),
        rows_of("FR Who came", "FR Country | FR People", "FR India | 4"),
        rows_of("ES Who came", "ES Country | ES People", "ES India | 4"),
    )
    assert tables(client, address(event, "fr")) == [[mine, french]]
    assert tables(client, address(translated, "en", "fr")) == [[french, mine]]
    assert tables(client, address(translated, "es")) == [[french, spanish_table]]


def test_a_cell_that_is_behind_is_marked_in_its_table(event, translated, client):
    table = table_block("Who came", "Country | People", "India and Nepal | 4", "Peru | 2")
    publish(event, note_significance="addition", body=body([*BODY[:2], table]))
    take_in(event)
    (both,) = tables(client, address(event, "fr"))
    assert both[0] == rows_of("Who came", "Country | People", "India and Nepal | 4", "Peru | 2")
    assert both[1] == rows_of("FR Who came", "FR Country | FR People", "FR India behind | 4")
    text = client.get(address(event, "fr")).content.decode()
    assert text.count("<td data-behind>") == 1
    assert 'data-behind="yes"' in text


def test_a_table_that_one_side_has_alone_is_shown_alone_and_once(event, translated, client):
    new = table_block("Who paid", "Fund | Sum", "Region | 7", number=4)
    publish(event, note_significance="addition", body=body([*BODY, new]))
    take_in(event)
    found = tables(client, address(event, "fr"))
    assert [rows_of("Who paid", "Fund | Sum", "Region | 7"), []] in found
    assert len(found) == 2
    publish(translated, body=body(BODY[:2]))
    assert [rows_of("Who came", "Country | People", "India | 4"), []] in tables(client, address(event, "fr"))


def test_a_table_made_anew_in_the_translation_stands_beside_the_one_it_replaces(event, translated, client):
    publish(translated, body=body([*BODY[:2], table_block("Note", "Seul | Ici", "Oui | 1", number=9)]))
    (both,) = tables(client, address(event, "fr"))
    assert both == [
        rows_of("Who came", "Country | People", "India | 4"),
        rows_of("Note", "Seul | Ici", "Oui | 1"),
    ]


def test_words_in_a_table_are_not_markup(event, translator, reviewer, client):
    publish(event, body=body([table_block("A < B", "<b>Head</b> | x", "R & D | 1")]))
    take_in(event)
    translate(translator, reviewer, task_of(event, "fr"))
    bump_stamp()
    text = client.get(address(event, "fr")).content.decode()
    assert "&lt;b&gt;Head&lt;/b&gt;" in text
    assert "<b>Head</b>" not in text
    assert "R &amp; D" in text


def test_cells_that_read_the_same_in_the_translation_are_not_lost(event, translator, reviewer, client):
    table = table_block("Who", "Country | Land", "One | Two", "Three | Four")
    publish(event, body=body([table]))
    take_in(event)
    same = {"Country": "Pays", "Land": "Pays", "One": "Un", "Two": "Deux", "Three": "Deux", "Four": "Quatre"}
    translate(translator, reviewer, task_of(event, "fr"), say=lambda text, code: same.get(text, f"FR {text}"))
    task = task_of(event, "fr")
    assert task.label == "published"
    assert {row["source"]: row["target"] for row in task.baseline.segments if row["source"] in same} == same
    ((mine, theirs),) = tables(client, address(event, "fr"))
    assert mine == rows_of("Who", "Country | Land", "One | Two", "Three | Four")
    assert theirs == rows_of("FR Who", "Pays | Pays", "Un | Deux", "Deux | Quatre")


@pytest.mark.parametrize("code", ["xx", "ar", "de"])
def test_a_language_that_is_not_open_is_not_found(event, translated, client, code):
    assert client.get(address(event, code)).status_code == 404


def test_a_language_in_which_it_does_not_exist_leads_to_those_in_which_it_does(event, translated, client):
    for code in ("es", "en"):
        answer = client.get(address(event, code))
        assert (answer.status_code, answer.url) == (302, f"/en/wiki/{event.pk}/")


def test_only_what_anybody_may_read(event, translated, client):
    event.view_restrictions.create(restriction_type="login")
    bump_stamp()
    assert client.get(address(event, "fr")).status_code == 404
    assert client.get(address(translated, "en")).status_code == 302
    translated.unpublish()
    bump_stamp()
    assert client.get(address(translated, "en")).status_code == 404


def test_a_draft_is_no_side(event, translator, client):
    from .translating import write_all

    write_all(translator, task_of(event, "fr"))
    bump_stamp()
    assert client.get(address(event, "fr")).status_code == 302


def test_the_list_of_languages_leads_here(event, translated, client):
    bump_stamp()
    assert address(event, "fr") in client.get(f"/en/wiki/{event.pk}/").content.decode()


def cost(url) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(url).status_code == 200
    return len(asked)


def test_it_costs_the_same_for_a_short_page_and_a_long_one(event, translated, spanish, translator, reviewer):
    for url in (address(event, "fr"), address(translated, "es")):
        cost(url)
    short = [cost(f"{address(event, 'fr')}?fresh=1"), cost(f"{address(translated, 'es')}?fresh=1")]
    long = [{**BODY[1], "id": f"11111111-0000-0000-0000-0000000001{n:02}"} for n in range(40)]
    publish(event, body=body([*BODY, *long]))
    take_in(event)
    translate(translator, reviewer, task_of(event, "fr"))
    cost(address(event, "fr"))
    assert cost(f"{address(event, 'fr')}?fresh=2") == short[0] <= 14
    assert short[1] <= 20


# --- Pure ----------------------------------------------------------------------------------------


def row(path, text):
    return {"path": path, "text": text, "order": 1, "block": ""}


def test_a_paragraph_added_in_the_middle_shifts_nothing():
    source = [row("body.a", "One"), row("body.a", "New"), row("body.a", "Two")]
    target = [row("body.a", "Un"), row("body.a", "Deux")]
    published = [
        {"path": "body.a", "source": "One", "target": "Un", "at": ["body.a", 0]},
        {"path": "body.a", "source": "Two", "target": "Deux", "at": ["body.a", 1]},
    ]
    found = matched(source, target, published)
    assert found.pairs == [(0, 0), (1, None), (2, 1)]
    assert through_source(found, found) == [(0, 0), (1, 1)]


def test_tables_belong_together_whose_words_meet_most():
    met = [("body.a", "body.x"), ("body.b", "body.x"), ("body.b", "body.x"), ("body.a", ""), ("", "body.y")]
    assert partners(met) == {"body.b": "body.x"}
    assert partners([("body.a", "body.x"), ("body.b", "body.y")]) == {"body.a": "body.x", "body.b": "body.y"}


def test_what_nobody_knows_of_is_paired_by_place_and_kind():
    source = [row("title", "One"), row("body.a", "Two")]
    target = [row("title", "Un"), row("body.z", "Deux")]
    assert matched(source, target, []).pairs == [(0, 0), (1, 1)]
