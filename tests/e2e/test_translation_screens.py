"""The screens of translators are for everybody: without a script, on a phone, from right to left, with a reader of screens."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import PHONE
from tests.e2e.looking import check
from tests.e2e.translating import field, hand_in, opened, saved, segment, write, write_all

pytestmark = pytest.mark.browser

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


@pytest.fixture
def arabic(made, demo_server):
    told = demo_server.run(TO_ARABIC.format(task=made.task))
    yield int(told.rsplit("task", 1)[1])
    demo_server.run(WITHOUT_ARABIC)


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


def test_the_editor_and_the_review_are_for_everybody(visit, made):
    page = opened(visit("translator-es", width=PHONE), made)
    write_all(page, made)
    page.reload()
    page.wait_for_selector("#tl[data-ready]")
    check(page, "#tl")
    hand_in(page)
    expect(page.locator("#decision")).to_be_visible()
    check(opened(visit("reviewer-es"), made), "#tl")
