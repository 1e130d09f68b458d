"""What the checks say of a whole translation, and what holds it back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.reference.models import GlossaryTerm
from cms.translations.limits import longest_of
from cms.translations.models import SegmentDraft
from cms.translations.queries.findings import findings_of
from cms.translations.queries.glossary import glossary
from cms.translations.queries.texts import survey_of
from cms.translations.services.claiming import claim
from cms.translations.services.conversing import dismiss
from cms.translations.services.drafting import save_segment
from cms.translations.services.submitting import Faulty, submit_translation
from initiatives.models import Event
from tests.factories.documents import make_document
from tests.factories.entries import make_term

from .originals import body
from .translating import fresh, take_in, task_of, write_all

pytestmark = pytest.mark.django_db


def key_of(task, source: str) -> str:
    return next(each.segment.key for each in survey_of(fresh(task)).standings if each.segment.text == source)


def codes(findings, key: str) -> list[str]:
    return [each.code for each in findings.by_key.get(key, ())]


def whole(task):
    task = fresh(task)
    return findings_of(task, survey_of(task).texts())


@pytest.fixture
def task(event, translator):
    task = task_of(event, "fr")
    claim(translator, task.pk)
    return task


@pytest.fixture
def written(task, translator):
    write_all(translator, task)
    return fresh(task)


def test_a_careful_translation_has_no_errors(written):
    assert whole(written).errors() == {}


def test_segments_without_words_are_not_found_fault_with(task):
    assert whole(task).by_key == {}


def test_a_lost_link_keeps_it_from_being_submitted(written, translator):
    key = key_of(written, 'In a <b>mill</b>, with a <a id="a1">plan</a>.')
    save_segment(translator, written.pk, key, "Dans un <b>moulin</b>, avec un plan.", seen=1)
    assert codes(whole(written), key) == ["link_lost"]
    with pytest.raises(Faulty) as refused:
        submit_translation(translator, written.pk)
    assert list(refused.value.findings) == [key]


def test_what_a_field_holds_is_known_of_fields_rows_and_blocks(event):
    def row(path, block="", rich=False):
        return {"path": path, "text": "x", "block": block, "rich": rich}

    assert longest_of(Event, row("title")) == 255
    assert longest_of(Event, row("sessions.00000000-0000-0000-0000-000000000000.title")) is not None
    figure = "body.00000000-0000-0000-0000-000000000001.00000000-0000-0000-0000-000000000002"
    assert longest_of(Event, row(f"{figure}.value", "key_figures")) == 30
    assert longest_of(Event, row(f"{figure}.label", "key_figures")) == 120
    assert longest_of(Event, row(f"{figure}.gone", "key_figures")) is None
    assert longest_of(Event, row("body.00000000-0000-0000-0000-000000000001", "heading")) is None
    assert longest_of(Event, row("body.00000000-0000-0000-0000-000000000001.x", "gone")) is None
    assert longest_of(Event, row("body.00000000-0000-0000-0000-000000000001", "text", rich=True)) is None
    assert longest_of(Event, row("gone.whatever")) is None
    for each in task_of(event, "fr").work.segments:
        assert longest_of(Event, each) is None or longest_of(Event, each) >= len(each["text"])


def test_a_title_that_is_too_long_is_an_error_and_text_is_not(written, translator):
    title = key_of(written, "Workshop")
    save_segment(translator, written.pk, title, "Atelier " * 40, seen=1)
    assert "too_long" in codes(whole(written), title)
    assert "too_long" in [each.code for each in whole(written).errors()[title]]


class TestGlossary:
    @pytest.fixture(autouse=True)
    def mill(self, site):
        term = make_term("mill", variants="windmill")
        make_term("moulin", lang="fr", translation_of=term, forbidden="fabrique\nusine")
        return term

    def findings(self, task, words):
        return codes(findings_of(fresh(task), {self.key(task): words}), self.key(task))

    def key(self, task):
        return key_of(task, 'In a <b>mill</b>, with a <a id="a1">plan</a>.')

    def test_forbidden_and_missing_forms(self, task):
        assert self.findings(task, 'Dans des <b>moulins</b>, avec un <a id="a1">plan</a>.') == []
        assert self.findings(task, 'Dans une <b>grange</b>, avec un <a id="a1">plan</a>.') == ["term_missing"]
        assert "term_forbidden" in self.findings(task, 'Dans une <b>usine</b>, avec un <a id="a1">plan</a>.')

    def test_only_public_terms_count(self, task, mill):
        GlossaryTerm.objects.get(locale__language_code="fr").unpublish()
        glossary.forget()
        assert self.findings(task, 'Dans une <b>usine</b>, avec un <a id="a1">plan</a>.') == []

    def test_an_entry_may_name_its_own_forms(self, site, mill, translator):
        GlossaryTerm.objects.filter(pk=mill.pk).update(note="Not the mill of industry.")
        take_in(mill)
        task = task_of(mill, "fr")
        key = key_of(task, "Not the mill of industry.")
        words = "Ce n’est pas une usine."
        assert codes(findings_of(task, {key: words}), key) == []


def test_the_same_words_translated_otherwise_are_told(site, translator):
    session = [
        {"type": "heading", "value": "The plan", "id": f"33333333-0000-0000-0000-00000000000{n}"}
        for n in (1, 2)
    ]
    event = make_document(Event, title="Twice", body=body(session))
    take_in(event)
    task = task_of(event, "fr")
    claim(translator, task.pk)
    one, two = [each.segment.key for each in survey_of(task).standings if each.segment.text == "The plan"]
    save_segment(translator, task.pk, one, "Le projet", seen=0)
    assert "inconsistent" in codes(findings_of(fresh(task), {one: "Le projet", two: "Le plan"}), two)
    assert "inconsistent" not in codes(findings_of(fresh(task), {one: "Le projet", two: "Le projet"}), two)


class TestMachineWords:
    @pytest.fixture
    def said(self, written, translator):
        key = key_of(written, "Workshop")
        save_segment(translator, written.pk, key, "Atelier machine", seen=1, origin="machine")
        return key

    def test_they_are_no_finished_translation(self, written, said, translator):
        assert [each.code for each in whole(written).errors()[said]] == ["machine_unread"]
        with pytest.raises(Faulty):
            submit_translation(translator, written.pk)

    def test_a_person_stands_for_them_by_saving_the_same_words(self, written, said, translator):
        save_segment(translator, written.pk, said, "Atelier machine", seen=2)
        assert whole(written).errors() == {}
        assert SegmentDraft.objects.get(key=said, number=3).origin == "typed"
        submit_translation(translator, written.pk)

    def test_a_machine_saying_it_again_is_no_person(self, written, said, translator):
        save_segment(translator, written.pk, said, "Atelier machine", seen=2, origin="machine")
        assert said in whole(written).errors()
        assert not SegmentDraft.objects.filter(key=said, number=3).exists()

    def test_the_screen_has_a_way_to_say_so(self, written, said, translator, client):
        client.force_login(translator)
        page = client.get(f"/admin/translations/{written.pk}/segments/{said}/").text
        assert "I have read it" in page
        assert 'name="seen" value="2"' in page


def test_dismissed_warnings_are_left_out_and_counted_until_the_words_change(written, translator):
    key = key_of(written, "Where it began")
    save_segment(translator, written.pk, key, "Où  cela commença", seen=1)
    assert codes(whole(written), key) == ["double_space"]
    dismiss(translator, written.pk, key, "double_space")
    found = whole(written)
    assert (codes(found, key), found.dismissed) == ([], 1)
    assert [each.code for each in found.dismissed_by_key[key]] == ["double_space"]
    save_segment(translator, written.pk, key, "Là où  cela commença", seen=2)
    assert codes(whole(written), key) == ["double_space"]


def test_messages_are_escaped_on_the_screen(task, translator, client):
    key = key_of(task, "Where it began")
    save_segment(
        translator,
        task.pk,
        key,
        "&lt;script&gt;&lt;/script&gt; &lt;script&gt;alert(1)&lt;/script&gt; x  y",
        seen=0,
    )
    client.force_login(translator)
    page = client.get(f"/admin/translations/{task.pk}/segments/{key}/").text
    assert "<script>alert" not in page


def test_few_queries_however_many_segments(written):
    texts = survey_of(written).texts()
    findings_of(written, texts)
    with CaptureQueriesContext(connection) as asked:
        findings_of(written, texts)
    assert len(asked) == 2
    glossary.forget()
    with CaptureQueriesContext(connection) as asked:
        findings_of(written, texts)
    assert len(asked) <= 3
