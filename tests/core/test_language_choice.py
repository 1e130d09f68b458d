import pytest

from cms.core.language_choice import language_shown


@pytest.mark.parametrize(
    ("available", "language", "original", "shown"),
    [
        (["fr", "en"], "fr", "en", "fr"),
        (["es", "fr"], "en", "es", "es"),
        (["es", "fr"], "en", "pt", "fr"),
        (["es", "fr"], "en", "", "fr"),
        (["de", "pt"], "ca", "", "pt"),
        (["zz", "es"], "en", "", "es"),
        ([""], "en", "", ""),
    ],
)
def test_a_reader_gets_their_language_else_the_original_else_the_first_of_the_site(
    available, language, original, shown
):
    assert language_shown(available, language, original) == shown
    assert language_shown(dict.fromkeys(reversed(available)), language, original) == shown
