"""A translation from the first word to its readers: written, reviewed, read, and brought up to date."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import PHONE
from tests.e2e.translating import field, hand_in, opened, opened_again, write_all

pytestmark = pytest.mark.browser

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
    told = demo_server.run(RENEW.format(task=made.task))
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
