"""Texts made to keep a parser of Markdown busy, or to become a hundred times as long: each costs little.

They were the worst of some thousand patterns that were tried on texts of the longest post: minutes of CPU, or a
hundred megabytes, with the parser as it comes.
"""

import pytest

from forum.rendering import LARGEST, render
from forum.rules import LONGEST_POST
from tests.cpu import pieces

# Standard pieces of CPU, see tests/cpu.py: none needs a fifth of it; without bounds each needed more.
DEAREST = 400


def filled(piece: str) -> str:
    return (piece * (LONGEST_POST // len(piece) + 1))[:LONGEST_POST]


def nested(opening: str, closing: str) -> str:
    deep = LONGEST_POST // len(opening + closing)
    return opening * deep + closing * deep


def growing(piece: str, between: str) -> str:
    return "".join(piece * length + between for length in range(1, 400))[:LONGEST_POST]


BOMBS = {
    "one word of colons": filled("://"),
    "one word of addresses": filled("http://a.b/("),
    "colons in pictures": filled("://\t!["),
    "an address of the longest length": "http://a.b/" + "a" * (LONGEST_POST - 11),
    "openings of links": filled("["),
    "openings of pictures": filled("!["),
    "links in links": nested("[a", "](b)"),
    "pictures in pictures": nested("![", "](b)"),
    "labels over lines": filled("[a\n"),
    "emphasis": nested("**", "**"),
    "kinds of emphasis": filled("*a_ **b "),
    "backticks": growing("`", "a"),
    "quotes in quotes": "> " * (LONGEST_POST // 2),
    "quotes that go on": ">" * 200 + "a\n" + "b\n" * ((LONGEST_POST - 202) // 2),
    "lists in lists": "\n".join("  " * deep + "- a" for deep in range(195)),
    "many columns": "|a" * 5000 + "|\n" + "|-" * 5000 + "|\n" + "a\n" * 9000,
    "rows to be filled up": "|a" * 300 + "|\n" + "|-" * 300 + "|\n" + "a\n" * 19_000,
    "beginnings of tables": "a|b\n-|-\n" * 2500 + "a\n" * 10_000,
    "a long address named often": "[a]: <" + "b" * 20_000 + ">\n" + "[a]\n" * 4900,
    "a long title named often": '[a]: b "' + "t" * 20_000 + '"\n\n' + "[a]" * 6600,
    "one footnote named often": "[^1]" * 9990 + "\n\n[^1]: a",
    "footnotes in footnotes": "[^1]: " * (LONGEST_POST // 6),
    "footnotes of footnotes": "[^0]\n\n" + "".join(f"[^{at}]: [^{at + 1}]\n\n" for at in range(2000)),
    "marks to be escaped": filled('"<&>'),
    "one line of a megabyte": "a *b* " * 170_000,
    "a megabyte of lines": "> - a\n" * 170_000,
}


LONGER_THAN_A_POST = ("one line of a megabyte", "a megabyte of lines")


@pytest.mark.parametrize("name", BOMBS)
def test_a_text_costs_little_whatever_it_is(name):
    cost, made = pieces(lambda: render(BOMBS[name]))
    html = made.html
    assert cost < DEAREST
    assert len(html) < 1.5 * LARGEST or name in LONGER_THAN_A_POST
    assert html


def test_what_becomes_too_large_stands_as_it_was_written():
    made = render(BOMBS["a long title named often"] + "\n\nhttps://example.org/")
    assert "<a" not in made.html
    assert (made.links, made.mentioned, made.files) == (0, (), ())
    assert "[a][a]" in made.html


def test_a_table_of_usual_size_is_a_table_and_one_for_a_machine_is_text():
    row = "| a | b | c |\n"
    usual = row + "|---|---|---|\n" + row * 300
    assert "<table>" in render(usual).html
    assert "<table>" not in render(row + "|---|---|---|\n" + row * 3000).html
    assert render(f"{usual}\n\n{usual}").html.count("<table>") == 2


def test_an_address_that_is_too_long_is_text():
    address = "https://example.org/" + "a" * 900
    assert "<a " in render(address).html
    assert "<a " in render(f"[x]({address})").html
    assert "<a " not in render(address + "a" * 200).html
    assert "<a " not in render(f"[x]({address}{'a' * 200})").html


def test_addresses_with_lines_and_stars_in_them_stay_whole():
    html = render("See https://example.org/_a_b_c_/*d*e?f=_g_ and **https://example.org/h**.").html
    assert '<a href="https://example.org/_a_b_c_/*d*e?f=_g_"' in html
    assert '<strong><a href="https://example.org/h"' in html


def test_a_footnote_within_a_quotation_is_text_of_it():
    html = render("> said[^1]\n>\n> [^1]: here\n\nand I[^1]\n\n[^1]: there").html
    assert html.count("footnote-item") == 1
    assert "</sup>: here" in html
