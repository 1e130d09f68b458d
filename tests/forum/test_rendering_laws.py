"""Laws of the renderer, tried on texts that nobody would write, and on some that somebody would."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forum import rendering, sanitising
from forum.marking import Found, FoundFile, Shown
from forum.rendering import Asked, as_written, plain_text, render
from forum.sanitising import sanitised

KEY = "0f9e3c5a-1111-4222-8333-444455556666"
OTHER_KEY = "0f9e3c5a-1111-4222-8333-444455557777"
PIECES = [
    *(
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "[",
        "](",
        ")",
        "![",
        "]",
        "(",
        "<",
        ">",
        "\\",
        "&",
        "#",
        "|",
        "|-|-|",
    ),
    *(
        "\n",
        "\n\n",
        "  \n",
        "    ",
        "\t",
        "> ",
        "- ",
        "1. ",
        "---",
        "===",
        "[^1]",
        "[^1]: ",
        "[^b]",
        "[^b]: ",
    ),
    *(
        "[x]: ",
        "[x]",
        "https://example.org/a_b",
        "//example.org",
        "www.example.org",
        "a@example.org",
        "mailto:",
    ),
    *(
        "javascript:alert(1)",
        "JaVaScRiPt&colon;",
        "data:text/html,x",
        "vbscript:",
        "http://[",
        "http://a\tb",
        "://",
    ),
    *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<!--", "<style>", 'style="x"', ' "', "' "),
    *(
        'class="mention"',
        'id="main"',
        "{.a #b}",
        "&lt;script&gt;",
        "&#106;",
        "&quot;",
        "&NewLine;",
        "\0",
        "\u202e",
    ),
    *("/forum/p/7/", "/forum/m/5/", "[@x](/forum/m/5/)", f"/forum/files/{KEY}/a.png", "/forum/files/"),
    *(
        f"![alt](/forum/files/{KEY}/a.png)",
        f"[f](/forum/files/{OTHER_KEY}/a.pdf)",
        "![x](https://example.org/x.png)",
    ),
    *(
        "[![a](b)](c)",
        "http://127.0.0.1:8000/forum/p/7/",
        "http://127.0.0.1:8000//example.org/",
        "é",
        "漢",
        "עברית",
    ),
    *(
        "a",
        "b",
        " ",
        "word",
        "🙂",
        "\ud800",
        "\u2028",
        "\ufeff",
        "\r",
        "~~~ html x",
        "``",
        "| a | b |\n|:-|-:|\n",
    ),
]
markdown = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
anything = st.text(st.characters(), max_size=200)
texts = st.one_of(markdown, anything, st.tuples(markdown, anything, markdown).map("".join))
settings.register_profile("renderer", max_examples=250, deadline=None, derandomize=True)
laws = settings(settings.get_profile("renderer"))

IDENTS = re.compile(r"fn(ref)?-post-\d+(:\d+)?")


def known(asked: Asked) -> Found:
    """Everything that is asked for is there, under names that would do harm if they were not written as text."""
    evil = '"><script>alert(1)</script> *a* [b](c)'
    return Found(
        {path: Shown(evil, "ar", "rtl") for path in asked.addresses},
        dict.fromkeys(asked.members, evil),
        {key: FoundFile(evil, key == KEY, 30, 20, "3 kB") for key in asked.files},
    )


class Read(HTMLParser):
    """What a page says, however it is spelt: elements with their attributes, and texts."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.events: list[tuple] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.events.append(("open", tag, tuple(sorted(attrs))))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        self.events.append(("close", tag))

    def handle_data(self, data):
        if self.events and self.events[-1][0] == "text":
            data = self.events.pop()[1] + data
        self.events.append(("text", data))

    def handle_comment(self, data):
        self.events.append(("comment", data))

    def handle_decl(self, decl):
        self.events.append(("declaration", decl))

    def opened(self) -> list[tuple[str, dict]]:
        return [(event[1], dict(event[2])) for event in self.events if event[0] == "open"]


@given(texts)
@laws
@example("[![a](https://example.org/b.png)](https://example.org/)")
@example("[a[^1]](https://example.org/)\n\n[^1]: b")
@example("> [^1]: a\n\nb[^1]")
@example("[^a]: > [^b]: x\n    > y\n\nz[^a][^b]")
@example("[a](http://[)")
@example("\u202ewww.example.org")
@example("http://1.2.3.999/ and [a](http://example.org:99999/) and <http://a..b/>")
@example("[a](ftp://example.org/)")
@example("a[^1]\n\n[^1]:")
@example("``` a<b\nx\n```")
def test_the_sanitiser_finds_nothing_to_change(text):
    """Neither in what is stored nor in what the renderer makes before: it is a second door, not the first."""
    made = []

    def watch(html):
        made.append(html)
        return sanitised(html)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "sanitised", watch)
        html = render(text, known).html
    assert sanitised(html) == html
    assert Read(made[0]).events == Read(sanitised(made[0])).events


@given(texts)
@laws
def test_nothing_in_a_post_acts_loads_or_poses_as_the_page(text):
    for tag, attributes in Read(render(text, known).html).opened():
        assert tag in sanitising.TAGS
        allowed = sanitising.ATTRIBUTES.get(tag, set()) | ({"class"} if tag in sanitising.CLASSES else set())
        assert set(attributes) <= allowed
        assert set(attributes.get("class", "").split()) <= sanitising.CLASSES.get(tag, set())
        assert IDENTS.fullmatch(attributes.get("id", "fn-post-1"))
        if tag == "img":
            assert attributes["src"] == f"/forum/files/{KEY}/a.png"
        if tag == "a":
            assert urlsplit(attributes["href"]).scheme in {"", "http", "https", "mailto"}


@given(texts)
@laws
@example("http://127.0.0.1:8000//example.org/")
def test_links_that_lead_away_are_counted_and_said_to_be_somebody_s(text):
    made = render(text, known)
    away = 0
    for tag, attributes in Read(made.html).opened():
        if tag != "a":
            continue
        leads_away = re.match(r"[a-z][a-z0-9+.-]*:|//", attributes["href"], re.IGNORECASE)
        away += leads_away is not None
        assert not leads_away or attributes["rel"] == "nofollow ugc noopener"
    # A picture from elsewhere that stands within a link is words of that link; it was meant to be one more.
    assert made.links >= away
    assert made.links == away or "![" in text


@given(texts)
@laws
def test_only_what_was_found_is_said_to_be_mentioned_or_attached(text):
    made = render(text, known)
    assert set(made.mentioned) <= {5}
    assert set(made.files) <= {KEY, OTHER_KEY}
    assert set(made.quoted) <= {7}
    silent = render(text)
    assert silent.mentioned == ()
    assert "<img" not in silent.html


@given(texts)
@laws
def test_the_same_text_gives_the_same(text):
    assert render(text, known) == render(text, known)


@given(anything)
@laws
def test_a_text_of_plain_words_says_what_was_written(text):
    """Whatever stands in code is shown as it is, but for what no page can hold."""
    line = rendering.readable(re.sub(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029`]", "", text)).strip()
    html = render(f"```\n{line}\n```").html
    shown = "".join(event[1] for event in Read(html).events if event[0] == "text")
    assert shown.strip() == line.strip() or not line


@given(texts)
@laws
def test_a_text_that_is_shown_as_it_was_written_is_only_text(text):
    html = as_written(rendering.readable(text))
    assert {event[1] for event in Read(html).events if event[0] == "open"} <= {"p", "br"}
    assert sanitised(html) == html


@given(texts)
@laws
def test_the_plain_text_of_a_post_holds_no_marks(text):
    assert "<script" not in plain_text(render(text).html.replace("&lt;", ""))
