"""A post for mail: readable as plain text; as HTML complete, with full addresses, and loading nothing."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.mail_text import for_excerpt, for_html_mail, for_plain_mail
from forum.marking import Found, FoundFile
from forum.rendering import render

KEY = "0b5d9ed0-0b5d-4ed0-8b5d-9ed00b5d9ed0"
FOUND = Found(members={12: "Ana"}, files={KEY: FoundFile("oven.png", True, 10, 10)})


def html_of(source: str) -> str:
    return render(source, lambda asked: FOUND).html


def plain(source: str) -> str:
    return for_plain_mail(html_of(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One\nline.\n\nAnother.", "One line.\n\nAnother."),
        ("**Bold** *words* `code`", "Bold words code"),
        ("[a word](/en/library/)", "a word <http://testserver/en/library/>"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&c=2"),
        ("[https://bank.example](https://evil.example)", "https://bank.example <https://evil.example>"),
        ("[@Ana](/forum/m/12/), look", "@Ana, look"),
        ("<ana@example.org>", "ana@example.org"),
        ("> Said.\n>\n> > Deeper.\n\nMine.", "> Said.\n>\n> > Deeper.\n\nMine."),
        ("- one\n- two\n  - inner\n\nAfter.", "- one\n- two\n  - inner\n\nAfter."),
        ("3. three\n4. four", "3. three\n4. four"),
        ("```\na = 1\n\nb < 2\n```", "    a = 1\n\n    b < 2"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"),
        (
            f"![the oven](/forum/files/{KEY}/oven.png)",
            f"the oven <http://testserver/forum/files/{KEY}/oven.png>",
        ),
        ("A note[^1].\n\n[^1]: The note.", "A note[1].\n\n--------------------\n\n1. The note."),
        ("one  \ntwo", "one\ntwo"),
        ("1 < 2 & <b>x</b>", "1 < 2 & <b>x</b>"),
    ],
)
def test_plain_text(source, expected):
    assert plain(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("> [Ana](/forum/p/3/):\n> What she said.\n\nMy answer, see [here](/en/).", "My answer, see here."),
        ("> Only a quotation.", "> Only a quotation."),
        ("One.\n\n\nTwo.", "One.\nTwo."),
        ("", ""),
    ],
)
def test_an_excerpt_has_its_own_words(source, expected):
    assert for_excerpt(html_of(source)) == expected


def test_html():
    html = for_html_mail(
        html_of(
            "# Title\n\n[x](/en/) and ![cat](https://example.org/cat.png) and [@Ana](/forum/m/12/)[^1]\n\n[^1]: Note."
        )
    )
    assert "<h3>Title</h3>" in html
    assert '<a href="http://testserver/en/">x</a>' in html
    assert '<a href="https://example.org/cat.png">cat</a>' in html
    assert '<a href="http://testserver/forum/m/12/">@Ana</a>' in html
    assert "<sup>[1]</sup>" in html
    assert "↑" not in html


class Checked(HTMLParser):
    """What stands in a piece of HTML: open elements, addresses, names."""

    def __init__(self, html: str):
        super().__init__()
        self.open, self.addresses, self.tags, self.attributes = [], [], set(), set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.addresses += [value for name, value in attrs if name in {"href", "src"}]
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "text ",
                "\n",
                "\n\n",
                "> ",
                "- ",
                "  - ",
                "1. ",
                "**",
                "*",
                "`",
                "```\n",
                "# ",
                "| a | b |\n|--|--|\n",
            ),
            *("[x](/en/)", "[@Ana](/forum/m/12/)", "https://example.org", "[^1]", "\n\n[^1]: note", "---\n"),
            *(
                f"![o](/forum/files/{KEY}/oven.png)",
                "![c](https://e.org/c.png)",
                "<script>",
                "&amp;",
                "[",
                "](",
                ")",
            ),
            *(
                "~~x~~",
                "    code\n",
                "\\",
                "<b onclick=x>",
                "javascript:x",
                "[z](javascript:x)",
                "a@b.org",
                "é",
                "\u202e",
            ),
        ]
    ),
    max_size=30,
).map("".join)


@given(PIECES)
def test_whatever_is_written_the_mail_is_whole_and_loads_nothing(source):
    html = html_of(source)
    found = Checked(for_html_mail(html))
    assert found.open == []
    assert not found.tags & {"img", "script", "iframe", "style", "link", "object", "form"}
    assert found.attributes <= {"href", "style", "lang", "dir", "title", "start"}
    assert all(address.startswith(("http://", "https://", "mailto:")) for address in found.addresses)
    for text in (for_plain_mail(html), for_excerpt(html)):
        assert text == text.strip("\n")
        assert "\n\n\n\n" not in text or "```" in source or "    " in source
