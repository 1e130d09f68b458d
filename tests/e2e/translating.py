"""A document made for translating, and what translators and reviewers do in the editor, with the keyboard and the mouse."""

from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.browser import Visitor
from tests.e2e.server import DemoServer

# A document that was just published, taken into the queue, and claimed for Spanish.
MAKE = """
from wagtail.models import Locale
from cms.accounts.models import User
from cms.media.models import Picture
from cms.translations.models import TranslationTask
from cms.translations.services.claiming import claim
from cms.translations.services.works import record_work
from initiatives.models import InitiativeFile, LibraryPage
english = Locale.objects.get(language_code="en")
blocks = [
    {{"type": "heading", "value": "How it began", "id": "33333333-0000-0000-0000-000000000001"}},
    {{"type": "text", "id": "33333333-0000-0000-0000-000000000002", "value":
      "<p>A <b>mill</b> with a <a href=\\"https://example.org/\\">plan</a>.</p><p>It lasted.</p>"}},
]
page = InitiativeFile(title="{title}", slug="{slug}", summary="Bread for all.", locale=english, written_in="en")
page.body = InitiativeFile._meta.get_field("body").stream_block.to_python(blocks)
page.lead_image = Picture.objects.order_by("pk").first()
page.lead_image_alt = ""
LibraryPage.objects.get(locale=english).add_child(instance=page)
page.save_revision().publish()
work = record_work(InitiativeFile.objects.get(pk=page.pk))
task = work.tasks.get(target_locale__language_code="es")
claim(User.objects.get(username="translator-es"), task.pk)
print("task", task.pk)
"""


@dataclass
class Made:
    task: int
    title: str
    slug: str

    @property
    def address(self) -> str:
        return f"/admin/translations/{self.task}/"


def make(server: DemoServer) -> Made:
    name = uuid4().hex[:8]
    told = server.run(MAKE.format(title=f"The mill {name}", slug=f"mill-{name}"))
    number = int(told.rsplit("task", 1)[1])
    return Made(number, f"The mill {name}", f"mill-{name}")


def opened(visitor: Visitor, made: Made, show: str = "") -> Page:
    page = visitor.open(made.address + show)
    page.wait_for_selector("#tl[data-ready]")
    return page


def opened_again(page: Page, made: Made) -> Page:
    page.goto(made.address)
    page.wait_for_selector("#tl[data-ready]")
    return page


def segment(page: Page, source: str):
    return page.locator(".tl-segment", has=page.locator("[data-original]", has_text=source))


def field(page: Page, source: str):
    return segment(page, source).locator(".tl-input")


def saved(page: Page):
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")


def write(page: Page, source: str, words: str) -> None:
    field(page, source).click()
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    expect(segment(page, source)).to_have_attribute("data-state", "drafted")


def write_all(page: Page, made: Made) -> None:
    write(page, made.title, f"El molino {made.slug[-8:]}")
    write(page, "Bread for all.", "Pan para todos.")
    write(page, "How it began", "Cómo empezó")
    field(page, "with a").click()
    page.keyboard.press("Control+o")
    page.keyboard.press("Control+Enter")
    write(page, "It lasted.", "Duró.")
    saved(page)


def hand_in(page: Page) -> None:
    page.locator("#hand-in button[type=submit]").click()
