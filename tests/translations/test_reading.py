"""What readers of a translated page are told: that it is behind, where, and who made it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from cms.core.page_cache import changes
from cms.core.page_cache.stamp import bump_stamp
from cms.translations.models import SegmentDraft, TranslatedText
from cms.translations.passages import ADDED, LEFT_OUT, REMOVED, mark_texts, passages_behind
from cms.translations.queries.texts import survey_of
from cms.translations.rules import CHANGED
from cms.translations.services.claiming import claim
from cms.translations.services.drafting import save_segment
from cms.translations.services.submitting import approve_translation, submit_translation
from tests.wiki.publishing import publish

from .originals import LONGER, body, edited
from .translating import fresh, take_in, task_of, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def translated(event, translator, reviewer):
    return translate(translator, reviewer, task_of(event, "fr"))


def source_changes(event, significance="addition", **fields):
    publish(event, note_significance=significance, **fields)
    take_in(event)
    bump_stamp()


def html(client, page) -> str:
    bump_stamp()
    return client.get(page.url).content.decode()


def marks(text: str) -> list[str]:
    return re.findall(r'<details class="passage".*?</details>', text, re.DOTALL)


def test_a_fresh_translation_says_nothing(translated, client):
    text = html(client, translated)
    assert 'class="behind' not in text
    assert marks(text) == []


def test_a_typo_says_nothing_either(event, translated, client):
    source_changes(event, "typo", body=body(edited(("It lasted.", "It lasted!"))))
    text = html(client, translated)
    assert 'class="behind' not in text
    assert marks(text) == []


def cut_short(page, *, without: str) -> None:
    """An editor publishes the translated page itself without one of its paragraphs."""
    page = type(page)._base_manager.get(pk=page.pk)
    blocks = [dict(block) for block in page.body.raw_data]
    for block in blocks:
        if block["type"] == "text":
            block["value"] = block["value"].replace(without, "")
    publish(page, body=body(blocks))
    bump_stamp()


def test_a_translation_that_lacks_a_passage_is_partial_and_says_where(event, translated, client):
    cut_short(translated, without="<p>FR It lasted.</p>")
    task = fresh(task_of(event, "fr"))
    assert (task.label, task.segments_changed, task.words_to_do) == ("partial", 0, 2)
    text = html(client, translated)
    assert 'data-standing="partial"' in text
    (mark,) = marks(text)
    assert f'data-change="{LEFT_OUT}"' in mark
    assert '<p lang="en" dir="ltr">It lasted.</p>' in mark


def test_what_changed_besides_makes_it_outdated_and_a_typo_does_not(event, translated, client):
    cut_short(translated, without="<p>FR It lasted.</p>")
    source_changes(event, "typo", title="Work-shop")
    assert fresh(task_of(event, "fr")).label == "partial"
    assert len(marks(html(client, translated))) == 1
    source_changes(event, "substance", title="Workshops")
    task = fresh(task_of(event, "fr"))
    assert (task.label, task.segments_changed) == ("outdated", 1)
    text = html(client, translated)
    assert 'data-standing="behind"' in text
    assert sorted(re.search(r'data-change="([\w-]+)"', mark)[1] for mark in marks(text)) == [
        CHANGED,
        LEFT_OUT,
    ]


def test_a_partial_translation_is_made_whole(event, translated, translator, reviewer, client):
    cut_short(translated, without="<p>FR It lasted.</p>")
    task = task_of(event, "fr")
    claim(translator, task.pk)
    (missing,) = [each for each in survey_of(task).standings if not each.text]
    assert missing.segment.text == "It lasted."
    save_segment(translator, task.pk, missing.segment.key, "Cela dura.", seen=1)
    submit_translation(translator, task.pk)
    approve_translation(reviewer, task.pk)
    assert fresh(task).label == "published"
    text = html(client, translated)
    assert "Cela dura." in text
    assert 'class="behind' not in text


def test_the_notice_says_how_much_and_since_when_and_leads_to_both(event, translated, client):
    source_changes(event, "substance", summary="Another.", body=body(edited(("It lasted.", LONGER))))
    text = html(client, translated)
    notice = re.search(r'<section class="behind.*?</section>', text, re.DOTALL)[0]
    assert 'id="behind"' in notice
    assert f'href="{event.url}"' in notice
    assert f'href="/fr/wiki/{translated.pk}/side-by-side/en/"' in notice
    assert "2 " in strip_tags(notice)
    with_day = event.published_revisions.get(number=2).published_at
    assert str(with_day.year) in notice
    assert 'href="#behind-' in notice


def test_the_passage_is_marked_where_it_stands_and_opens_the_source(event, translated, client):
    source_changes(event, body=body(edited(("It lasted.", LONGER))))
    text = html(client, translated)
    (mark,) = marks(text)
    assert f'<p lang="en" dir="ltr">{LONGER}</p>' in mark
    # Behind the second paragraph of the block, and within it.
    assert re.search(r"<p>FR It lasted\.</p>\s*<details", text)
    assert "FR In a <b>mill</b>" in text
    assert "<summary>" in mark


def test_what_was_added_and_what_was_removed_is_told(event, translated, client):
    blocks = edited(without=0)
    blocks.insert(
        1, {"type": "text", "value": "<p>Quite new.</p>", "id": "11111111-0000-0000-0000-00000000000a"}
    )
    source_changes(event, body=body(blocks))
    found = marks(html(client, translated))
    assert {re.search(r'data-change="(\w+)"', mark)[1] for mark in found} == {ADDED, REMOVED}
    assert any("Quite new." in mark for mark in found)
    assert any("<del>Where it began</del>" in mark for mark in found)


def test_fields_and_rows_are_marked_too(event, translated, client):
    source_changes(event, title="Workshops", conclusions="<p>We did not agree.</p>")
    text = html(client, translated)
    assert len(marks(text)) == 2
    assert re.search(r"</h1>\s*<details class=\"passage\"", text)
    assert re.search(r"FR We agreed\.</p>\s*<details", text)


def test_the_other_languages_of_an_original_say_that_they_are_behind(event, translated, client):
    assert 'data-state="behind"' not in html(client, event)
    source_changes(event, body=body(edited(("It lasted.", LONGER))))
    assert 'data-state="behind"' in html(client, event)


def test_of_a_source_that_is_not_public_nothing_is_shown(event, translated, client):
    source_changes(event, body=body(edited(("It lasted.", LONGER))))
    event.view_restrictions.create(restriction_type="login")
    text = html(client, translated)
    assert LONGER not in text
    assert 'class="behind' not in text
    assert marks(text) == []


def test_the_foot_says_who_made_it_and_from_what(event, translated, client):
    foot = re.search(r'<p class="translated-by.*?</p>', html(client, translated), re.DOTALL)[0]
    assert "traductrice" in foot
    assert "relecteur" in foot
    first = event.published_revisions.get(number=1)
    assert f'href="/fr/wiki/{event.pk}/revisions/{first.pk}/"' in foot
    source_changes(event, body=body(edited(("It lasted.", LONGER))))
    foot = re.search(r'<p class="translated-by.*?</p>', html(client, translated), re.DOTALL)[0]
    assert f"/revisions/{first.pk}/" in foot


def test_whoever_corrects_the_page_itself_does_not_take_the_place_of_its_translator(
    event, translated, reviewer
):
    publish(translated, author=reviewer, title="Un atelier")
    text = TranslatedText.objects.get(pk=fresh(task_of(event, "fr")).baseline_id)
    assert text.translators == ["traductrice", "relecteur"]
    assert text.reviewer_name == "relecteur"
    assert text.source_version == 1
    assert text.words == 0


def test_words_are_counted_once(event, translated, translator, reviewer):
    task = fresh(task_of(event, "fr"))
    assert task.baseline.words == task.words
    source_changes(event, body=body(edited(("It lasted.", LONGER))))
    translate(translator, reviewer, fresh(task))
    assert fresh(task).baseline.words == len(LONGER.split())


def queries(page) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(f"{page.url}?fresh={next(NUMBERS)}").status_code == 200
    return len(asked)


NUMBERS = iter(range(1, 100))


def test_a_fresh_page_asks_once_and_one_behind_once_more(event, translated):
    queries(translated), queries(event)
    assert queries(translated) <= queries(event) + 1
    asked = queries(translated)
    source_changes(event, body=body(edited(("It lasted.", LONGER))))
    queries(translated)
    assert queries(translated) == asked + 1


def test_saving_drafts_keeps_all_kept_pages_and_a_claim_does_not(event, translator, monkeypatch):
    task = task_of(event, "fr")
    changed = []
    monkeypatch.setattr(changes, "after_commit", lambda connection, action: changed.append(action))
    claim(translator, task.pk)
    assert changed
    changed.clear()
    for segment in task.work.source[:2]:
        save_segment(translator, task.pk, segment.key, f"FR {segment.text}", seen=0)
    assert SegmentDraft.objects.filter(task=task).count() == 2
    assert fresh(task).work_state == "in_progress"
    assert fresh(task).segments_done == 2
    assert changed == []


def test_a_change_of_the_source_makes_kept_pages_old(event, translated, monkeypatch):
    publish(event, note_significance="addition", summary="Another.")
    changed = []
    monkeypatch.setattr(changes, "after_commit", lambda connection, action: changed.append(action))
    take_in(event)
    assert fresh(task_of(event, "fr")).label == "outdated"
    assert changed


# --- Pure ----------------------------------------------------------------------------------------


def row(path, text, order=1):
    return {"path": path, "text": text, "order": order}


def known(path, source, target, **more):
    return {"path": path, "source": source, "target": target, **more}


def test_passages_stand_where_the_translation_has_its_texts():
    source = [
        row("title", "One", 1),
        row("body.a", "Two changed", 2),
        row("body.a", "Three", 3),
        row("body.b", "Four", 4),
    ]
    published = [
        known("title", "One", "Un"),
        known("body.a", "Two", "Deux", at=["body.x", 0]),
        known("body.a", "Three", "Trois", at=["body.x", 1]),
        known("body.c", "Gone", "Parti", at=["body.z", 0]),
    ]
    found = [(each.change, each.text, each.place) for each in passages_behind(source, published)]
    assert found == [
        (CHANGED, "Two changed", ("body.x", 0)),
        (ADDED, "Four", ("body.x", 1)),
        (REMOVED, "Gone", ("body.z", 0)),
    ]


@pytest.mark.parametrize(
    ("html", "marked", "placed"),
    [
        ("<p>a</p><p>b</p>", "<p>a</p><p>b</p>!", {1}),
        (
            "<p>a</p><p> </p><ul><li>b</li><li>c</li></ul>",
            "<p>a</p><p> </p><ul><li>b!</li><li>c</li></ul>",
            {1},
        ),
        (
            "<ul><li>a<ul><li><b>b</b></li></ul></li></ul>",
            "<ul><li>a<ul><li><b>b</b>!</li></ul></li></ul>",
            {1},
        ),
        ("<p>a</p>", "<p>a</p>", set()),
    ],
)
def test_a_mark_follows_its_paragraph_or_stands_in_its_list_item(html, marked, placed):
    assert mark_texts(html, {1: "!"}) == (marked, placed)
