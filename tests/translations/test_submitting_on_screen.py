"""Handing a translation in from the editor, taking it back, confirming that it still says the same."""

from types import SimpleNamespace

import pytest

from cms.translations.models import SegmentDraft
from cms.translations.queries.findings import Findings
from cms.translations.services.claiming import claim

from .on_screen import base, key_of, save
from .originals import LONGER
from .translating import fresh, public, write_all

pytestmark = pytest.mark.django_db


def found(key: str):
    wrong = SimpleNamespace(code="link", level="error", message="A link was lost.")
    return lambda task, texts: Findings(by_key={key: [wrong]})


def test_what_is_missing_is_named_with_a_way_there(claimed, client):
    save(client, claimed, "Workshop", "Atelier")
    answer = client.post(f"{base(claimed)}submit/", {"note": "Relisez le titre."})
    assert answer.status_code == 422
    assert "have no translation yet" in answer.text
    assert f'href="#s-{key_of(claimed, "Where it began")}"' in answer.text
    assert "Relisez le titre." in answer.text
    assert not fresh(claimed).in_review


def test_errors_of_the_checks_are_named(claimed, translator, client, monkeypatch):
    write_all(translator, claimed)
    key = key_of(claimed, "Workshop")
    monkeypatch.setattr("cms.translations.services.submitting.findings_of", found(key))
    monkeypatch.setattr("cms.translations.queries.editor.findings_of", found(key))
    answer = client.post(f"{base(claimed)}submit/")
    assert answer.status_code == 422
    assert answer.text.count("A link was lost.") >= 2
    assert not fresh(claimed).in_review


def test_submitted_taken_back_and_read_only_meanwhile(claimed, translator, client):
    write_all(translator, claimed)
    assert client.post(f"{base(claimed)}submit/").status_code == 302
    page = client.get(base(claimed))
    assert "data-writes" not in page.text
    assert "Take it back" in page.text
    assert save(client, claimed, "Workshop", "Autre", seen=1).status_code == 409
    assert client.post(f"{base(claimed)}take-back/").status_code == 302
    assert not fresh(claimed).in_review
    assert "data-writes" in client.get(base(claimed)).text


def test_confirming_one_and_all(behind, translator, client):
    claim(translator, behind.pk)
    client.force_login(translator)
    key = key_of(behind, LONGER)
    told = client.post(f"{base(behind)}confirm/", {"key": key}, headers={"Accept": "application/json"}).json()
    assert told["state"] == "fresh"
    assert client.post(f"{base(behind)}confirm/", {"key": "0" * 16}).status_code == 409
    assert client.post(f"{base(behind)}confirm/").status_code == 302
    assert fresh(behind).segments_changed == 1  # what was removed stays to be done


def test_an_original_that_is_gone_is_said_and_nothing_is_lost(event, claimed, translator, client):
    write_all(translator, claimed)
    public(event).unpublish()
    answer = client.post(f"{base(claimed)}submit/")
    assert answer.status_code == 409
    assert "cannot be worked on now" in answer.text
    assert SegmentDraft.objects.filter(task=claimed).exists()


@pytest.mark.parametrize("verb", ["submit", "take-back", "confirm", "decide"])
def test_by_post_only(claimed, client, verb):
    assert client.get(f"{base(claimed)}{verb}/").status_code == 405
