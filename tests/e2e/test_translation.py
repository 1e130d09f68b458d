"""A translation from the first word to its readers: typed with the keyboard, saved as it is typed, reviewed, read."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PHONE, Visitor
from tests.e2e.looking import check

pytestmark = pytest.mark.browser

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


# The same, translated and published, and changed since: one paragraph says more.
RENEW = """
from wagtail.models import Page
from cms.accounts.models import User
from cms.translations.models import TranslationTask
from cms.translations.queries.texts import survey_of
from cms.translations.services.drafting import save_segment
from cms.translations.services.submitting import approve_translation, submit_translation
from cms.translations.services.works import record_work
from cms.wiki.services.publication import Note, publishing
from initiatives.models import InitiativeFile
people = User.objects.in_bulk(field_name="username")
task = TranslationTask.objects.select_related("work__source_locale", "target_locale", "baseline").get(pk={task})
for each in survey_of(task).standings:
    save_segment(people["translator-es"], task.pk, each.segment.key, "ES " + each.segment.text, seen=0)
submit_translation(people["translator-es"], task.pk)
approve_translation(people["reviewer-es"], task.pk)
page = InitiativeFile.objects.get(pk=task.work.page_id)
page.body[1].value.source = page.body[1].value.source.replace("It lasted.", "It lasted for seven years.")
with publishing(Note(author=people["author"], summary="How long", significance="substance")):
    page.save_revision(user=people["author"]).publish()
record_work(InitiativeFile.objects.get(pk=page.pk))
print("page", page.pk)
"""

# It is to be translated into Arabic too, by the administrator; nothing opens the language to readers.
TO_ARABIC = """
from wagtail.models import Locale
from cms.accounts.models import User
from cms.translations.models import TranslationTask
from cms.translations.services.claiming import claim
one = TranslationTask.objects.select_related("work").get(pk={task})
arabic, _made = Locale.objects.get_or_create(language_code="ar")
task = TranslationTask.objects.create(work=one.work, target_locale=arabic, waiting_since=one.waiting_since)
claim(User.objects.get(username="admin"), task.pk)
print("task", task.pk)
"""
WITHOUT_ARABIC = """
from wagtail.models import Locale
Locale.objects.filter(language_code="ar").delete()
"""


@dataclass
class Made:
    task: int
    title: str
    slug: str

    @property
    def address(self) -> str:
        return f"/admin/translations/{self.task}/"


@pytest.fixture
def made(demo_server) -> Made:
    name = uuid4().hex[:8]
    told = demo_server.manage("shell", "-c", MAKE.format(title=f"The mill {name}", slug=f"mill-{name}"))
    number = int(told.rsplit("task", 1)[1])
    return Made(number, f"The mill {name}", f"mill-{name}")


def opened(visitor: Visitor, made: Made, show: str = "") -> Page:
    page = visitor.open(made.address + show)
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


def test_with_the_keyboard_alone_and_saved_as_typed(visit, made):
    page = opened(visit("translator-es"), made)
    field(page, made.title).focus()
    page.keyboard.type("El molino")
    page.keyboard.press("Control+Enter")
    expect(field(page, "Bread for all.")).to_be_focused()
    page.keyboard.press("Alt+PageDown")
    expect(field(page, "How it began")).to_be_focused()
    page.keyboard.press("Alt+PageUp")
    page.keyboard.type("Pan")
    # Nothing was pressed: it is saved a moment later.
    expect(segment(page, "Bread for all.")).to_have_attribute("data-state", "drafted")
    saved(page)
    expect(page.locator("[data-progress] progress")).to_have_attribute("value", "2")
    page.keyboard.press("Escape")
    page.locator(".tl-section").first.click()
    page.keyboard.press("?")
    expect(page.locator("#tl-help")).to_be_visible()
    page.keyboard.press("Escape")
    page = opened(visit("translator-es"), made)
    assert field(page, made.title).input_value() == "El molino"
    assert field(page, "Bread for all.").input_value() == "Pan"


def test_rich_text_stays_rich_text(visit, made):
    page = opened(visit("translator-es"), made)
    rich = field(page, "with a")
    chip = segment(page, "with a").locator(".tl-chip")
    expect(chip).to_have_attribute("aria-pressed", "false")
    rich.click()
    page.keyboard.type("Un ")
    page.keyboard.press("Control+b")
    page.keyboard.type("molino")
    page.keyboard.press("Control+b")
    page.keyboard.type(" con un proyecto")
    for _letter in "proyecto":
        page.keyboard.press("Shift+ArrowLeft")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("End")
    page.keyboard.press("Control+Enter")
    expect(segment(page, "with a")).to_have_attribute("data-state", "drafted")
    saved(page)

    page = opened(visit("translator-es"), made)
    rich = field(page, "with a")
    expect(rich.locator("b")).to_have_text("molino")
    expect(rich.locator("a[data-link=a1]")).to_have_text("proyecto")
    assert "<" not in rich.inner_text()
    page.locator("[data-do=preview]").click()
    frame = page.frame_locator(".tl-preview iframe")
    expect(frame.get_by_role("link", name="proyecto")).to_have_attribute("href", "https://example.org/")
    expect(frame.locator("b", has_text="molino")).to_be_visible()
    expect(frame.locator("body")).to_contain_text("It lasted.")
    # A saving shows in the preview by itself.
    write(page, "It lasted.", "Duró mucho.")
    expect(frame.locator("body")).to_contain_text("Duró mucho.")

    # What is pasted comes as words, and a line break is one.
    rich.click()
    page.keyboard.press("Control+a")
    rich.evaluate(
        """node => {
            const data = new DataTransfer();
            data.setData("text/html", "<h1 onclick='x()'>pegado</h1>");
            data.setData("text/plain", "pegado & <b>crudo</b>");
            node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    page.keyboard.press("Enter")
    page.keyboard.type("otra")
    expect(chip_of(page)).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Control+Enter")
    saved(page)
    page = opened(visit("translator-es"), made)
    assert field(page, "with a").inner_text() == "pegado & <b>crudo</b>\notra"


def chip_of(page: Page):
    return segment(page, "with a").locator(".tl-chip")


def test_two_windows_on_one_segment(visit, made):
    visitor = visit("translator-es")
    visitor.expected_statuses.add(409)
    first, second = opened(visitor, made), opened(visit("translator-es"), made)
    write(second, "Bread for all.", "Pan para todos.")
    saved(second)
    field(first, "Bread for all.").click()
    first.keyboard.type("Pan de todos.")
    first.keyboard.press("Control+Enter")
    mine = segment(first, "Bread for all.")
    expect(mine.locator("[data-theirs]")).to_contain_text("Pan para todos.")
    expect(first.locator("[data-save-state]")).to_have_attribute("data-state", "refused")
    mine.locator("[data-theirs] button").first.click()
    saved(first)
    page = opened(visit("translator-es"), made)
    assert field(page, "Bread for all.").input_value() == "Pan de todos."


def test_without_a_connection_nothing_typed_is_lost(visit, made):
    visitor = visit("translator-es")
    visitor.expected_statuses.add(403)
    page = opened(visitor, made)
    visitor.context.set_offline(True)
    field(page, "Bread for all.").click()
    page.keyboard.type("Pan")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "failed")
    visitor.context.set_offline(False)
    saved(page)
    visitor.context.clear_cookies()
    field(page, "Bread for all.").click()
    page.keyboard.type(" para todos")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".tl-logged-out")).to_be_visible()
    assert field(page, "Bread for all.").input_value().endswith(" para todos")


def test_another_picture_is_put_there_without_a_script(visit, made):
    page = visit("translator-es", javascript=False).open(made.address)
    place = page.locator(".tl-medium")
    expect(place).to_contain_text("El mismo que en el original.")
    place.get_by_role("link", name="Poner otro en su lugar").click()
    chosen = page.locator(".tl-choice label").nth(2)
    title = chosen.inner_text()
    chosen.locator("input").check()
    page.get_by_role("button", name="Ponerlo en la traducción").click()
    expect(page.locator(".tl-medium .tl-target")).to_contain_text("elegido, sin publicar")
    assert title.split(" · ")[0] in page.locator(".tl-medium .tl-target").inner_text()
    page.get_by_role("button", name="Volver al del original").click()
    expect(page.locator(".tl-medium .tl-target")).to_contain_text("El mismo que en el original.")


def test_the_screen_to_choose_a_picture_on_is_for_everybody(visit, made):
    page = opened(visit("translator-es"), made)
    page.get_by_role("link", name="Poner otro en su lugar").click()
    page.wait_for_load_state("networkidle")
    check(page, within=".tl")


def test_from_the_translator_over_the_reviewer_to_the_reader(visit, made):
    visitor = visit("translator-es")
    visitor.expected_statuses.add(422)
    page = opened(visitor, made)
    hand_in(page)
    expect(page.locator("#told a[href^='#s-']")).to_have_count(5)
    write_all(opened_again(page, made), made)
    page.locator("#tl-note").fill("Primera versión.")
    hand_in(page)
    expect(page.locator("#decision")).to_be_visible()

    reviewing = visit("reviewer-es")
    review = opened(reviewing, made)
    expect(review.locator("#decision")).to_contain_text("Primera versión.")
    review.locator("#tl-reason").fill("El título: en plural.")
    review.locator("#decision button[value=send_back]").click()
    expect(review.locator("#decision")).to_have_count(0)

    page = opened_again(page, made)
    expect(page.get_by_text("El título: en plural.")).to_be_visible()
    field(page, made.title).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(f"Los molinos {made.slug[-8:]}")
    # The last words go with it, saved or not.
    hand_in(page)
    expect(page.locator("#decision")).to_be_visible()

    review = opened_again(review, made)
    assert field(review, made.title).input_value() == f"Los molinos {made.slug[-8:]}"
    field(review, "It lasted.").click()
    review.keyboard.press("Control+a")
    review.keyboard.type("Duró siete años.")
    review.locator("#decision button[value=approve]").click()
    expect(review.locator("#decision")).to_have_count(0)

    reader = visit(width=PHONE).open(f"/es/library/los-molinos-{made.slug[-8:]}/")
    expect(reader.locator("h1")).to_have_text(f"Los molinos {made.slug[-8:]}")
    expect(reader.locator("main")).to_contain_text("Duró siete años.")


def test_an_outdated_page_is_brought_up_to_date_and_read_side_by_side(visit, made, demo_server):
    told = demo_server.manage("shell", "-c", RENEW.format(task=made.task))
    number = int(told.rsplit("page", 1)[1])
    slug = f"es-the-mill-{made.slug[-8:]}"
    reader = visit(width=PHONE).open(f"/es/library/{slug}/")
    expect(reader.locator(".behind")).to_contain_text("cambio de fondo")
    mark = reader.locator("details.passage")
    expect(mark).to_have_count(1)
    mark.locator("summary").click()
    expect(mark).to_contain_text("It lasted for seven years.")

    page = visit("translator-es").open(f"/admin/translations/?label=outdated&title={made.slug[-8:]}")
    page.locator("button[formaction$='/claim/']").click()
    page.wait_for_selector("#tl[data-ready]")
    # Of all its segments, the one that changed is in sight, with what changed in it.
    expect(page.locator(".tl-segment:visible")).to_have_count(1)
    expect(page.locator("[data-diff] ins").first).to_contain_text("for seven years")
    page.locator(".tl-segment:visible [data-do=adapt]").click()
    expect(field(page, "It lasted for")).to_have_text("ES It lasted.")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Y mucho.")
    hand_in(page)
    expect(page.locator("#decision")).to_be_visible()

    review = opened(visit("reviewer-es"), made)
    expect(review.locator(".tl-segment:visible")).to_have_count(1)
    review.locator("#tl-reason").fill("Faltan los siete años.")
    review.locator("#decision button[value=send_back]").click()
    expect(review.locator("#decision")).to_have_count(0)
    page = opened_again(page, made)
    expect(page.get_by_text("Faltan los siete años.")).to_be_visible()
    field(page, "It lasted for").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Duró siete años.")
    hand_in(page)
    expect(page.locator("#decision")).to_be_visible()
    review = opened_again(review, made)
    review.locator("#decision button[value=approve]").click()
    expect(review.locator("#decision")).to_have_count(0)

    reader.reload()
    expect(reader.locator("main")).to_contain_text("Duró siete años.")
    expect(reader.locator(".behind, details.passage")).to_have_count(0)
    reader.goto(f"/es/wiki/{number}/side-by-side/es/")
    pair = reader.locator(".pair", has_text="It lasted for seven years.")
    expect(pair).to_contain_text("Duró siete años.")


@pytest.fixture
def arabic(made, demo_server):
    told = demo_server.manage("shell", "-c", TO_ARABIC.format(task=made.task))
    yield int(told.rsplit("task", 1)[1])
    demo_server.manage("shell", "-c", WITHOUT_ARABIC)


def test_what_is_written_from_right_to_left_stands_so(visit, made, arabic):
    page = visit("admin").open(f"/admin/translations/{arabic}/")
    page.wait_for_selector("#tl[data-ready]")
    for source in ("Bread for all.", "It lasted."):
        here = field(page, source)
        assert here.evaluate("one => [one.lang, getComputedStyle(one).direction]") == ["ar", "rtl"]
        assert segment(page, source).locator("[data-original]").evaluate(
            "one => [one.lang, getComputedStyle(one).direction]"
        ) == ["en", "ltr"]
    write(page, "Bread for all.", "خبز للجميع")
    saved(page)
    assert field(page, "Bread for all.").input_value() == "خبز للجميع"
    check(page, "#tl")


def hand_in(page: Page) -> None:
    page.locator("#hand-in button[type=submit]").click()


def opened_again(page: Page, made: Made) -> Page:
    page.goto(made.address)
    page.wait_for_selector("#tl[data-ready]")
    return page


def test_the_editor_and_the_review_are_for_everybody(visit, made):
    page = opened(visit("translator-es", width=PHONE), made)
    write_all(page, made)
    page.reload()
    page.wait_for_selector("#tl[data-ready]")
    check(page, "#tl")
    hand_in(page)
    expect(page.locator("#decision")).to_be_visible()
    check(opened(visit("reviewer-es"), made), "#tl")


REMEMBER = """
from datetime import datetime, timezone
from cms.translations.models import MemoryEntry
MemoryEntry.of("It lasted.", source_language="en", target_language="es", target="Duró mucho.", title="The mill",
    approved_at=datetime.now(timezone.utc)).save()
"""


def test_a_suggestion_is_taken_with_two_keys_and_a_comment_made(visit, made, demo_server):
    demo_server.manage("shell", "-c", REMEMBER)
    page = opened(visit("translator-es"), made)
    here = segment(page, "It lasted.")
    field(page, "It lasted.").click()
    expect(here.locator("[data-suggestions] li").first).to_contain_text("Duró mucho.")
    page.keyboard.press("Control+m")
    page.keyboard.press("1")
    expect(field(page, "It lasted.")).to_have_text("Duró mucho.")
    expect(here).to_have_attribute("data-state", "drafted")
    saved(page)
    here.locator('[data-panel="comments"]').click()
    here.locator("textarea[name=text]").fill("How long did it last?")
    here.locator("[data-opened] form button").click()
    expect(here.locator("[data-comments]")).to_have_text("1")
    expect(here.locator("[data-opened]")).to_contain_text("How long did it last?")
    check(page, "#tl")
