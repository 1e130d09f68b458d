"""What is wrong with a page to look at: axe's findings, and what is too wide for a window."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from tests.e2e.browser import DESK, PHONE

AXE = Axe().axe_script
OURS = Path(__file__).with_suffix(".js").read_text()
# Without "preload": axe would fetch what style sheets import, from the wrong address.
EVERYTHING = {"resultTypes": ["violations", "incomplete"], "preload": False}
ONLY_COLOURS = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}
NO_COLOURS = {**EVERYTHING, "rules": {name: {"enabled": False} for name in ONLY_COLOURS["runOnly"]}}


def check(page, within: str | None = None) -> None:
    """Four looks at one page; all that is wrong is told at once.

    Whatever axe knows is asked on a phone and on a desk, colours in both themes.

    `within` is a selector: only what stands there is looked at. It is for screens whose frame is Wagtail's.
    """
    page.wait_for_load_state()  # a click leads to a page before that is there
    page.evaluate(AXE)
    page.evaluate(OURS)
    wrong = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{width} {theme}: {each}" for each in looks(page, width, theme, within)]
            if theme == "light":
                wrong += too_wide(page, width)
    page.emulate_media(color_scheme="light")
    assert not wrong, "\n".join([page.url, *dict.fromkeys(wrong)])


def looks(page, width: int, theme: str, within: str | None) -> list[str]:
    """What one look finds. The first measures the colours of every text; the others of what is drawn otherwise."""
    if (width, theme) == (PHONE, "light"):
        return findings(page, "everything", EVERYTHING, theme, within)
    found = findings(page, "structure", NO_COLOURS, theme, within) if theme == "light" else []
    return found + findings(page, "colours", ONLY_COLOURS, theme, within)


def settle(page) -> None:
    """Colours that fade from one theme to the other are there at once: axe would measure them on their way."""
    page.evaluate(
        """() => {
            getComputedStyle(document.body).color;
            document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish());
        }"""
    )


def findings(page, look: str, options: dict, theme: str, within: str | None) -> list[str]:
    """`look` is one of those in looking.js."""
    settle(page)
    assert within is None or page.locator(within).count(), f"nothing is {within}"
    asked = "([look, ...given]) => globalThis.look[look](...given)"
    return [
        f"{violation['id']}: {node['html'][:160]} ({' '.join(node['failureSummary'].split())[:260]})"
        for violation in page.evaluate(asked, [look, within, theme, options])
        for node in violation["nodes"]
    ]


def too_wide(page, width: int) -> list[str]:
    """What sticks out of the window: a page scrolls up and down only."""
    full = page.evaluate("document.documentElement.scrollWidth")
    if full <= width:
        return []
    culprits = page.evaluate(
        """width => [...document.body.querySelectorAll("*")]
            .filter((one) => one.getBoundingClientRect().right > width + 1)
            .slice(-3).map((one) => one.outerHTML.slice(0, 120))""",
        width,
    )
    return [f"{width}: the page is {full} wide: {culprits}"]
