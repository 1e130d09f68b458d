"""What the editors say of a work stands in each language; the work itself is the same in all."""

import pytest

from cms.reference.models import BibliographyEntry, BibliographyNote

pytestmark = pytest.mark.django_db


def make_work(**notes) -> BibliographyEntry:
    entry = BibliographyEntry(slug="a-work", title="A work", live=True)
    entry.notes = [BibliographyNote(language=code, text=text) for code, text in notes.items()]
    entry.save()
    entry.save_revision().publish()
    return entry


def test_a_reader_gets_the_note_in_their_language(site, client):
    make_work(en="A book.", fr="Un livre.")
    page = client.get("/fr/bibliography/a-work/").content.decode()
    assert '<p class="measure">Un livre.</p>' in page
    assert "A book." not in page


def test_a_note_in_another_language_says_so(site, client):
    make_work(fr="Un livre.")
    page = client.get("/es/bibliography/a-work/").content.decode()
    assert '<p class="measure" lang="fr" dir="ltr">Un livre.</p>' in page


def test_a_work_needs_no_note(site, client):
    make_work()
    assert 'class="measure"' not in client.get("/en/bibliography/a-work/").content.decode()


def test_a_preview_shows_the_note_of_the_draft(site, rf):
    entry = make_work(en="A book.")
    entry.notes = [BibliographyNote(language="en", text="A better note.")]
    request = rf.get("/")
    assert "A better note." in entry.serve_preview(request, "").render().content.decode()
