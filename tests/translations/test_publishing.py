"""A translation on its way from the queue to its readers."""

from datetime import date

import pytest

from cms.translations.models import MemoryEntry, TranslatedText
from cms.translations.services.submitting import approve_translation, submit_translation
from initiatives.models import Event

from .translating import fresh, public, task_of, translate, write_all

pytestmark = pytest.mark.django_db


def test_a_first_translation_comes_right_in_all_its_parts(event, translator, reviewer, client):
    page = translate(translator, reviewer, task_of(event, "fr"))

    assert page.live
    assert page.alias_of is None
    assert page.get_parent().locale.language_code == "fr"
    assert (page.title, page.summary, page.slug) == ("FR Workshop", "FR Summary of Workshop.", "fr-workshop")
    heading, text, table = page.body
    assert heading.value == "FR Where it began"
    assert "FR In a <b>mill</b>" in text.value.source
    assert 'href="https://example.org/"' in text.value.source
    assert "FR It lasted." in text.value.source
    words = table.value["table"]
    assert [column["heading"] for column in words.columns] == ["FR Country", "FR People"]
    assert [row["values"] for row in words.row_data] == [["FR India", "4"]]
    assert [(one.title, one.date) for one in page.sessions.all()] == [
        ("FR First morning", date(2009, 4, 23)),
        ("FR Second morning", date(2009, 4, 24)),
    ]
    assert page.conclusions == "<p>FR We agreed.</p>"
    assert [one.part for one in page.contributors.all()] == ["facilitator"]
    assert (page.starts, page.ends, page.registered) == (event.starts, event.ends, 80)
    assert (page.date, page.written_in) == (date(2009, 4, 23), "en")
    assert client.get(page.url).status_code == 200

    task = fresh(task_of(event, "fr"))
    assert (task.content_state, task.work_state, task.label) == ("published", "idle", "published")
    assert task.assignee is None
    text = TranslatedText.objects.get(pk=task.baseline_id)
    assert (text.source_version, text.translators, text.reviewer_name) == (1, ["traductrice"], "relecteur")


def test_until_it_is_approved_nothing_shows(event, translator, reviewer, client):
    task = task_of(event, "fr")
    write_all(translator, task)
    assert not Event.objects.filter(locale__language_code="fr").exists()
    submit_translation(translator, task.pk)
    page = Event.objects.get(locale__language_code="fr")
    assert not page.live
    assert "FR" not in page.title + page.draft_title + page.summary
    assert client.get(f"/fr/library/{page.slug}/").status_code in (302, 404)
    assert not MemoryEntry.objects.filter(target__startswith="FR ").exists()
    approve_translation(reviewer, task.pk)
    assert public(page).title == "FR Workshop"
    assert MemoryEntry.objects.filter(source="Workshop", target="FR Workshop").exists()
