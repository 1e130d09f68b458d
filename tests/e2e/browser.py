"""A visitor with a browser: what they see, and what the browser complains of."""

from contextlib import contextmanager

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright

from tests.e2e.server import PASSWORD, DemoServer
from tests.plugins.services import chromium_path

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds: the machine may be busy
PHONE, TABLET, DESK = 360, 768, 1440  # pixels
# Wagtail's editor says this of its own footer while a page is being left; nothing of ours is wrong then.
WAGTAILS_OWN = 'Missing target element "container" for "w-messages" controller'


@contextmanager
def launched():
    """Playwright's own Chromium is never downloaded: the machine's is used."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """One browser window with its own cookies. `faults` collects errors of the console and of the pages."""

    def __init__(
        self,
        browser: Browser,
        server: DemoServer,
        sessions: dict,
        user: str | None = None,
        *,
        width: int = DESK,
        height: int = 900,
        dark: bool = False,
        javascript: bool = True,
        scale: float = 1,
    ):
        self.server = server
        self.faults: list[str] = []
        self.expected_statuses: set[int] = set()
        self.context = browser.new_context(
            base_url=server.base_url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="en-GB",
            reduced_motion="reduce",
            device_scale_factor=scale,
            storage_state=sessions.get(user) if user else None,
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.page.on("console", self.note_console)
        self.page.on("pageerror", lambda error: self.note_error(str(error)))
        self.page.on("response", self.note_response)
        if user and user not in sessions:
            self.log_in(user)
            sessions[user] = self.context.storage_state()

    def note_console(self, message: ConsoleMessage) -> None:
        # What was not found is told by `note_response`, with its address.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.note_error(message.text)

    def note_error(self, text: str) -> None:
        if WAGTAILS_OWN not in text:
            self.faults.append(f"{self.page.url}: {text}")

    def note_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.faults.append(f"{self.page.url}: {response.status} for {response.url}")

    def open(self, path: str, status: int = 200) -> Page:
        """Go to an address of the site. Every answer of 400 and above but `status` is a fault."""
        if status >= 400:
            self.expected_statuses.add(status)
        response = self.page.goto(path)
        assert response.status == status, f"{path}: {response.status}, not {status}"
        return self.page

    def log_in(self, name: str, password: str = PASSWORD) -> None:
        self.open("/accounts/login/")
        self.page.fill("input[name=login]", name)
        self.page.fill("input[name=password]", password)
        self.page.click("main form button[type=submit]")
        self.page.wait_for_url(lambda url: "/accounts/login/" not in url)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.server.base_url)

    def text(self, selector: str = "main") -> str:
        return self.page.locator(selector).first.inner_text()

    def leave(self) -> None:
        self.context.close()
