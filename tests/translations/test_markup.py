"""Segments as they are shown: nothing but what they may hold, and how two of them differ."""

from cms.translations.markup import as_shown, difference


class TestMarkup:
    def test_nothing_but_what_a_segment_may_hold_comes_through(self):
        stored = '<b onclick="x()">a</b><img src=x onerror=y><a id="a1" href="javascript:z">l</a><script>s</script>&lt;i&gt;'
        assert as_shown(stored) == '<b>a</b><a data-link="a1">l</a>s&lt;i&gt;'
        assert as_shown('<a id="&quot;><b>">x') == '<a data-link="&quot;&gt;&lt;b&gt;">x</a>'
        assert as_shown("<b><i>x</b>y") == "<b><i>x</i></b>y"

    def test_a_difference_is_of_words_and_whole(self):
        pieces = difference("It <b>lasted</b>.", "It lasted long.")
        assert [(piece.kind, piece.text) for piece in pieces] == [
            ("same", "It lasted"),
            ("new", " long"),
            ("same", "."),
        ]
