"""What authors and editors do in the wiki, as journeys go through it."""

from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.browser import Visitor
from tests.e2e.server import DemoServer

PUBLISH = """
from cms.accounts.models import User
from tests.factories.documents import make_document
page = make_document(
    title={title!r}, slug={slug!r}, summary={summary!r}, carried_by="Twelve households",
    context={context!r}, publish=False,
)
page.save_revision(user=User.objects.get(username="author")).publish()
print("number", page.pk)
"""


@dataclass(frozen=True)
class Document:
    """A public initiative file of one test. `mark` is a word that stands nowhere else; `title` holds it."""

    mark: str
    number: int

    @property
    def title(self) -> str:
        return f"The oven of {self.mark}"

    @property
    def path(self) -> str:
        return f"/en/library/{self.mark}/"

    @property
    def history(self) -> str:
        return f"/en/wiki/{self.number}/history/"

    @property
    def editor(self) -> str:
        return f"/admin/pages/{self.number}/edit/"


SUMMARY = "Neighbours bake together, once a week."
CONTEXT = "<p>The baker has left. The oven is still there.</p>"


def publish(server: DemoServer) -> Document:
    """A new document that is public in its first version, by the author of the demo."""
    mark = f"oven{uuid4().hex[:8]}"
    words = {"title": Document(mark, 0).title, "slug": mark, "summary": SUMMARY, "context": CONTEXT}
    printed = server.run(PUBLISH.format(**words))
    return Document(mark, int(printed.split("number")[1]))


def open_tab_of(page: Page, selector: str) -> None:
    """Show the editor's tab that holds a field."""
    panel = page.locator("[role=tabpanel]", has=page.locator(selector)).first
    if panel.count() and not page.locator(selector).is_visible():
        page.locator(f"[role=tab][aria-controls={panel.get_attribute('id')}]").click()


def write(page: Page, **fields: str) -> None:
    """Fill in fields of the editor, on whichever tab they stand."""
    for name, text in fields.items():
        open_tab_of(page, f"[name={name}]")
        page.locator(f"[name={name}]").fill(text)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save draft").first.click()


def to_submitting(page: Page) -> None:
    """By the editor's own button, to the screen where the change is summed up."""
    page.get_by_role("button", name="More actions").last.click()
    page.locator("[name=action-submit]").first.click()
    page.wait_for_url("**/admin/wiki/submissions/*/submit/")


def submit(page: Page, summary: str, significance: str = "addition") -> None:
    page.get_by_label("What did you change?").fill(summary)
    page.get_by_label(significance, exact=True).check()
    page.get_by_role("button", name="Submit for review").click()
    page.wait_for_url("**/wiki/submissions/*/")
    expect(page.locator("main")).to_contain_text("With the editors since")


def open_in_queue(editor: Visitor, document: Document) -> Page:
    """By the queue to the text that waits for a document, or to a reader's suggestion for it."""
    page = editor.open("/admin/wiki/queue/")
    page.locator("h3").get_by_role("link", name=document.title).click()
    expect(page.locator("header h1")).to_be_visible()
    return page


def approve(page: Page) -> None:
    page.get_by_role("button", name="Approve and publish").click()
    page.wait_for_url("**/admin/wiki/queue/")
