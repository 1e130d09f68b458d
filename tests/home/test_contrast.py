"""The contrasts of the style sheet, computed from its tokens: WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR if hasattr(settings, "BASE_DIR") else settings.VAR_DIR.parent) / "cms/static/css"
GROUNDS = ("paper", "sheet", "wash", "warm")
THEMES = ("light", "dark")
PHYSICAL = re.compile(
    r"(?<![\w-])(margin|padding|border)-(left|right)\b|(?<![\w-])(left|right)\s*:|text-align:\s*(left|right)"
)


def tokens() -> dict[str, dict[str, str]]:
    """{theme: {name: "#rrggbb"}} of every `--name: light-dark(#…, #…)`."""
    text = (TOKENS / "tokens.css").read_text(encoding="utf-8")
    pairs = re.findall(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", text)
    return {"light": {n: a for n, a, _b in pairs}, "dark": {n: b for n, _a, b in pairs}}


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2, definition)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_colour_has_a_light_and_a_dark_value():
    found = tokens()
    assert set(found["light"]) == set(found["dark"])
    assert {
        "ink",
        "ink-soft",
        "teal",
        *GROUNDS,
        *(f"kind-{kind}" for kind in ("if", "cs", "ap", "lj", "ev", "nl", "pr", "ci")),
    } <= set(found["light"])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", [*GROUNDS, "added", "removed", "moved"])
def test_text_to_read_reaches_seven_to_one(theme, ground):
    colours = tokens()[theme]
    names = ("ink", "ink-soft") if ground in GROUNDS else ("ink",)
    for name in names:
        assert contrast(colours[name], colours[ground]) >= 7, (name, ground)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_links_badges_and_messages_reach_four_and_a_half_to_one(theme, ground):
    colours = tokens()[theme]
    names = [
        "teal",
        "teal-strong",
        "ochre",
        "danger",
        "good",
        *(name for name in colours if name.startswith("kind-")),
    ]
    assert len(names) == 13
    for name in names:
        assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_filled_surfaces_reach_four_and_a_half_to_one(theme):
    colours = tokens()[theme]
    for surface in ("teal", "teal-strong", "ink", "ochre"):  # buttons, current pill, count of filters
        assert contrast(colours["paper"], colours[surface]) >= 4.5, surface


@pytest.mark.parametrize("theme", THEMES)
def test_edges_and_focus_rings_reach_three_to_one(theme):
    colours = tokens()[theme]
    for ground in GROUNDS:
        for name in ("edge", "focus"):
            assert contrast(colours[name], colours[ground]) >= 3, (name, ground)


def test_style_sheets_take_colours_from_tokens_only_and_lay_out_by_logical_properties():
    """Outside the tokens no fixed colour, and nothing that is wrong from right to left."""
    for sheet in ("base", "layout", "frame", "controls", "lists", "text", "home"):
        text = re.sub(r"/\*.*?\*/", "", (TOKENS / f"{sheet}.css").read_text(encoding="utf-8"), flags=re.S)
        text = re.sub(r"mask-image:[^;]+;", "", text)  # a mask's black is no colour
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?!\")", text), sheet
        assert not PHYSICAL.search(text), sheet
