"""What is wrong with a page to look at: axe's findings, and what is too wide for a window."""

from axe_playwright_python.sync_playwright import Axe

from tests.e2e.browser import DESK, PHONE

# Without "preload": axe would fetch what style sheets import, from the wrong address.
EVERYTHING = {"resultTypes": ["violations"], "preload": False}
ONLY_COLOURS = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}


def check(page, within: str | None = None) -> None:
    """Four looks at one page; all that is wrong is told at once.

    `within` is a selector: only what stands there is looked at. It is for screens whose frame is Wagtail's.
    """
    page.wait_for_load_state()  # a click leads to a page before that is there
    page.evaluate(Axe().axe_script)
    wrong = []
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        wrong += findings(page, EVERYTHING, f"{width} light", within)
        wrong += too_wide(page, width)
        page.emulate_media(color_scheme="dark")
        wrong += findings(page, ONLY_COLOURS, f"{width} dark", within)
    page.emulate_media(color_scheme="light")
    assert not wrong, "\n".join([page.url, *dict.fromkeys(wrong)])


def settle(page) -> None:
    """Colours that fade from one theme to the other are there at once: axe would measure them on their way."""
    page.evaluate(
        """() => {
            getComputedStyle(document.body).color;
            document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish());
        }"""
    )


def findings(page, options: dict, where: str, within: str | None) -> list[str]:
    told = []
    settle(page)
    assert within is None or page.locator(within).count(), f"nothing is {within}"
    found = page.evaluate("([within, options]) => axe.run(within || document, options)", [within, options])
    for violation in found["violations"]:
        for node in violation["nodes"][:4]:
            reasons = " ".join(node["failureSummary"].split())[:260]
            told.append(f"{where}: {violation['id']}: {node['html'][:160]} ({reasons})")
    return told


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
