"""Rich text whose links are resolved together."""

import pytest

from cms.core.linked_text import LinkTarget, expander, targets

PAGES = {1: LinkTarget("/en/library/a/?x=1&y=2"), 2: LinkTarget("/fr/library/b/", "fr")}
EXPAND = expander(PAGES.get, {7: "/files/7/"})


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ('<a linktype="page" id="1">a</a>', '<a href="/en/library/a/?x=1&amp;y=2">a</a>'),
        ('<a id="2" linktype="page">b</a>', '<a href="/fr/library/b/" hreflang="fr">b</a>'),
        ('<a linktype="page" id="3">gone</a>', "<a>gone</a>"),
        ('<a linktype="page" id="">none</a>', "<a>none</a>"),
        ('<a linktype="document" id="7">file</a>', '<a href="/files/7/">file</a>'),
        ('<a linktype="document" id="8">gone</a>', "<a>gone</a>"),
        ('<a linktype="unknown" id="1">?</a>', "<a>?</a>"),
        ('<a href="https://example.org/">out</a>', '<a href="https://example.org/">out</a>'),
        ("<p>plain &amp; simple</p>", "<p>plain &amp; simple</p>"),
        ("", ""),
    ],
)
def test_a_link_leads_to_its_target_or_keeps_its_words_only(stored, shown):
    assert EXPAND(stored) == shown


def test_what_texts_point_to_is_known_before_they_are_expanded():
    texts = [
        '<a linktype="page" id="1">a</a><a linktype="document" id="7">f</a>',
        '<a linktype="page" id="x">b</a>',
        "",
    ]
    assert targets(texts) == ({1}, {7})
