"""The translator's editor: what it shows, to whom, in how many queries, and what it says when something is refused."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.translations.models import SegmentDraft
from cms.translations.queries.editor import CHANGED, TO_DO, editor_screen, task_with_all
from cms.translations.services.claiming import claim
from cms.translations.services.drafting import save_segment
from cms.translations.services.submitting import submit_translation
from initiatives.models import Event
from tests.factories.documents import make_document, make_user
from tests.wiki.publishing import publish

from .on_screen import base, key_of, save
from .originals import LONGER, body, edited
from .translating import public, take_in, task_of, write_all

pytestmark = pytest.mark.django_db


def screen_of(task, show: str = ""):
    return editor_screen(task_with_all(task.pk), show)


class TestWhatItShows:
    def test_segments_stand_in_the_order_of_the_document_with_their_places(self, task):
        rows = screen_of(task).rows
        assert [(row.place.field, row.place.part) for row in rows[:5]] == [
            ("Title", ""),
            ("Summary", ""),
            ("Text", "Heading"),
            ("Text", "Text"),
            ("Text", "Text"),
        ]
        assert ("Sessions", "Session: title") in [(row.place.field, row.place.part) for row in rows]
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert [row.is_heading for row in rows[:4]] == [False, False, True, False]
        assert rows[3].under == "Where it began"
        assert (rows[0].place.longest, rows[0].place.lines) == (255, False)

    def test_a_first_translation_opens_with_everything_and_nothing_folded(self, task):
        screen = screen_of(task)
        assert [stretch.folded for stretch in screen.stretches] == [False]
        assert len(screen.missing) == len(screen.rows)

    def test_an_outdated_one_opens_with_what_changed_alone(self, behind):
        screen = screen_of(behind)
        assert screen.show == CHANGED
        (shown,) = [stretch for stretch in screen.stretches if not stretch.folded]
        (line,) = shown.lines
        assert line.row.standing.segment.text == LONGER
        assert [(piece.kind, piece.text) for piece in line.row.source_change] == [
            ("same", "It lasted"),
            ("new", " for seven years"),
            ("same", "."),
        ]
        assert line.row.old_target == "FR It lasted."
        assert screen.gone == [("Where it began", "FR Where it began")]
        assert (line.section, line.part) == ("Text", "Text")

    def test_the_page_says_what_changed_and_marks_it_without_colour(self, behind, translator, client):
        claim(translator, behind.pk)
        client.force_login(translator)
        page = client.get(base(behind)).text
        assert "<ins> for seven years</ins>" in page
        assert "FR It lasted." in page
        assert "<del>FR Where it began</del>" in page
        assert page.count('class="tl-fold"') >= 1
        assert 'lang="fr" dir="ltr"' in page

    def test_what_is_done_leaves_the_list_of_what_is_still_to_do(self, behind, translator):
        claim(translator, behind.pk)
        save_segment(translator, behind.pk, key_of(behind, LONGER), "FR Sept ans.", seen=0)
        assert all(stretch.folded for stretch in screen_of(behind, TO_DO).stretches)
        (shown,) = [stretch for stretch in screen_of(behind).stretches if not stretch.folded]
        assert [line.row.written.by for line in shown.lines] == ["traductrice"]

    def test_links_say_where_they_lead_in_the_language_of_the_translation(self, site, translator):
        there = make_document(title="A case")
        make_document(title="Un cas", lang="fr", translation_of=there)
        lonely = make_document(title="Only here")
        hidden = make_document(title="A secret", publish=False)
        text = (
            f'<p>See <a linktype="page" id="{there.pk}">it</a>, <a linktype="page" id="{lonely.pk}">that</a> and '
            f'<a linktype="page" id="{hidden.pk}">there</a>, '
            '<a href="https://example.org/">a plan</a>.</p>'
        )
        event = make_document(
            Event,
            title="Links",
            body=body([{"type": "text", "value": text, "id": "22222222-0000-0000-0000-000000000001"}]),
        )
        take_in(event)
        task = task_of(event, "fr")
        (row,) = [row for row in screen_of(task).rows if row.links]
        assert [(link.twin, link.is_page, link.changeable) for link in row.links] == [
            ("Un cas", True, False),
            ("", True, False),
            ("", False, False),
            ("", False, True),
        ]
        assert row.links[2].leads_to == ""  # what is not public is not named
        assert row.links[1].leads_to == "Only here"
        claim(translator, task.pk)
        text = 'Voir <a id="a1">ceci</a>, <a id="a2">cela</a> et <a id="a3">là</a>, <a id="a4">un plan</a>.'
        save_segment(translator, task.pk, row.key, text, seen=0, links={"a4": "https://example.org/fr"})
        (row,) = [row for row in screen_of(task).rows if row.links]
        assert row.links[3].chosen == "https://example.org/fr"

    def test_right_to_left_is_said(self, claimed, client, settings):
        claimed.target_locale.language_code = "ar"
        claimed.target_locale.save()
        client.force_login(make_user(is_superuser=True))
        assert 'lang="ar" dir="rtl"' in client.get(base(claimed)).text


class TestQueries:
    @pytest.mark.parametrize("paragraphs", [10, 200])
    def test_they_do_not_grow_with_the_text(
        self, site, translator, paragraphs, django_assert_max_num_queries
    ):
        there = make_document(title="A case")
        text = "".join(
            f'<p>Paragraph {number} with a <a linktype="page" id="{there.pk}">link</a>.</p>'
            for number in range(paragraphs)
        )
        blocks = [{"type": "text", "value": text, "id": "22222222-0000-0000-0000-000000000001"}]
        event = make_document(Event, title="Long", body=body(blocks))
        take_in(event)
        task = task_of(event, "fr")
        write_all(translator, task)
        with django_assert_max_num_queries(12):
            screen = screen_of(task)
            assert len(screen.rows) > paragraphs
            assert screen.stretches[0].lines[5].row.links[0].leads_to == "A case"

    def test_the_whole_screen_in_review_too(
        self, task, translator, reviewer, client, django_assert_max_num_queries
    ):
        write_all(translator, task)
        submit_translation(translator, task.pk)
        client.force_login(reviewer)
        client.get(base(task))
        with CaptureQueriesContext(connection) as asked:
            client.get(base(task))
        ours = [
            query["sql"] for query in asked if "translations_" in query["sql"] or "auth_group" in query["sql"]
        ]
        assert len(ours) <= 12, "\n".join(ours)


class TestWhoMay:
    @pytest.mark.parametrize(
        ("role", "reads", "writes", "claims"),
        [
            ("Authors", 403, False, False),
            ("Facilitators", 403, False, False),
            ("Translators (es)", 403, False, False),
            ("Editors", 200, False, False),
            ("Translators (fr)", 200, False, True),
            ("Language reviewers (fr)", 200, False, True),
            ("Administrators", 200, False, True),
        ],
    )
    def test_reading_and_claiming_by_role(self, task, client, role, reads, writes, claims):
        client.force_login(make_user(role))
        answer = client.get(base(task))
        assert answer.status_code == reads
        if reads == 200:
            assert (answer.context["hand"].writes, answer.context["hand"].claims) == (writes, claims)
            assert ("data-writes" in answer.text) is writes
            assert ("Claim it" in answer.text) is claims
        refused = save(client, task, "Workshop", "Atelier")
        assert refused.status_code in (403, 409)
        assert not SegmentDraft.objects.exists()

    def test_a_visitor_is_led_to_the_log_in(self, task, client):
        answer = client.get(base(task))
        assert answer.status_code == 302
        assert "login" in answer.headers["Location"]

    def test_a_second_translator_reads_and_is_told_who_works_on_it(self, claimed, client):
        client.force_login(make_user("Translators (fr)"))
        page = client.get(base(claimed)).text
        assert "traductrice works on this translation" in page
        answer = save(client, claimed, "Workshop", "Atelier")
        assert answer.status_code == 409
        assert answer.json()["error"] == "holder"
        assert "traductrice" in answer.json()["said"]

    def test_what_does_not_exist_is_not_found(self, claimed, client):
        assert client.get(f"/admin/translations/{10**30}/").status_code == 404
        assert client.get(f"{base(claimed)}segments/0123456789abcdef/").status_code == 404


class TestSaving:
    def test_a_saving_answers_with_how_it_stands_now(self, claimed, client):
        answer = save(client, claimed, "Workshop", "Atelier", origin="memory")
        assert answer.status_code == 200
        told = answer.json()
        assert (told["number"], told["state"], told["to_do"]) == (1, "drafted", False)
        assert "traductrice" in told["status"]
        assert "from the memory" in told["status"]
        (row,) = [row for row in screen_of(claimed).rows if row.standing.segment.text == "Workshop"]
        assert (row.standing.text, row.seen, row.written.origin) == ("Atelier", 1, "memory")

    def test_rich_text_is_kept_and_foreign_markup_is_not(self, claimed, client):
        source = 'In a <b>mill</b>, with a <a id="a1">plan</a>.'
        good = 'Dans un <b>moulin</b>, avec un <a id="a1">plan</a>.'
        assert save(client, claimed, source, good).status_code == 200
        for bad in [
            "<script>x()</script>",
            '<b onclick="x()">x</b>',
            'un <a id="a7">plan</a>',
            '<a href="https://x.org">x</a>',
        ]:
            answer = save(client, claimed, source, bad, seen=1)
            assert (answer.status_code, answer.json()["error"]) == (422, "invalid"), bad
        (row,) = [row for row in screen_of(claimed).rows if row.standing.segment.text == source]
        assert row.standing.text == good
        assert row.target == 'Dans un <b>moulin</b>, avec un <a data-link="a1">plan</a>.'

    def test_another_address_for_a_link(self, claimed, client):
        source = 'In a <b>mill</b>, with a <a id="a1">plan</a>.'
        text = 'Avec un <a id="a1">plan</a>.'
        bad = save(client, claimed, source, text, links=json.dumps({"a1": "javascript:alert(1)"}))
        assert bad.status_code == 422
        assert (
            save(
                client, claimed, source, text, links=json.dumps({"a1": "https://example.org/fr"})
            ).status_code
            == 200
        )
        assert SegmentDraft.objects.get().links == {"a1": "https://example.org/fr"}
        # No address: the original's again.
        assert save(client, claimed, source, text, seen=1, links=json.dumps({"a1": ""})).status_code == 200
        assert SegmentDraft.objects.get(number=2).links == {}

    def test_who_comes_second_sees_what_the_other_wrote_and_loses_nothing(self, claimed, client):
        save(client, claimed, "Workshop", "Atelier & <b>b</b>")
        answer = save(client, claimed, "Workshop", "Chantier", seen=0)
        assert answer.status_code == 409
        told = answer.json()
        assert (told["error"], told["number"], told["shown"]) == ("stale", 1, "Atelier &amp; <b>b</b>")
        assert "traductrice" in told["said"]
        assert save(client, claimed, "Workshop", "Chantier", seen=1).json()["number"] == 2

    def test_a_segment_that_the_original_no_longer_has(self, event, claimed, client):
        address = f"{base(claimed)}segments/{key_of(claimed, 'Where it began')}/"
        publish(event, note_significance="addition", body=body(edited(without=0)))
        take_in(event)
        answer = client.post(address, {"text": "Le début", "seen": 0})
        assert (answer.status_code, answer.json()["error"]) == (409, "moved")

    @pytest.mark.parametrize("seen", ["", "x", "-1", "²", "9" * 30])
    def test_a_form_that_is_none_of_ours(self, claimed, client, seen):
        assert save(client, claimed, "Workshop", "Atelier", seen=seen).status_code == 400

    @pytest.mark.parametrize("links", ["[", "[1]", "null", "3"])
    def test_links_that_are_none_change_none(self, claimed, client, links):
        assert save(client, claimed, "Workshop", "Atelier", links=links).status_code == 200

    def test_a_row_comes_alone(self, claimed, client):
        save(client, claimed, "Workshop", "Atelier")
        row = client.get(f"{base(claimed)}segments/{key_of(claimed, 'Workshop')}/").text
        assert row.count("<article") == 1
        assert 'data-seen="1"' in row
        assert "<html" not in row

    def test_the_history_says_who_wrote_what_from_what(self, claimed, client):
        save(client, claimed, "Workshop", "Atelier", origin="machine")
        save(client, claimed, "Workshop", "Ateliers ouverts", seen=1)
        shown = client.get(f"{base(claimed)}segments/{key_of(claimed, 'Workshop')}/history/").text
        assert shown.index("typed") < shown.index("from a machine")
        assert "<ins>Ateliers ouverts</ins>" in shown

    def test_what_others_saved_is_told(self, claimed, client):
        before = client.get(f"{base(claimed)}changes/?since=0").json()
        assert before["segments"] == []
        save(client, claimed, "Workshop", "Atelier")
        told = client.get(f"{base(claimed)}changes/?since={before['last']}").json()
        assert told["segments"] == [
            {"key": key_of(claimed, "Workshop"), "number": 1, "by": "traductrice", "mine": True}
        ]
        assert client.get(f"{base(claimed)}changes/?since={told['last']}").json()["segments"] == []


class TestPreview:
    def test_what_is_not_translated_reads_as_in_the_original(self, claimed, client):
        save(client, claimed, "Workshop", "Un atelier")
        save(client, claimed, "It lasted.", "Cela a duré.")
        save(client, claimed, "First morning", "Premier matin")
        answer = client.get(f"{base(claimed)}preview/")
        assert answer.status_code == 200
        assert "Un atelier" in answer.text
        assert "Cela a duré." in answer.text
        assert "Premier matin" in answer.text
        assert "It lasted." not in answer.text
        assert "Where it began" in answer.text
        assert '<html lang="fr"' in answer.text
        assert "Bibliothèque" in answer.text
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]

    def test_nothing_is_made_for_it(self, event, claimed, client):
        save(client, claimed, "Workshop", "Un atelier")
        client.get(f"{base(claimed)}preview/")
        assert not Event.objects.filter(locale__language_code="fr").exists()
        assert public(event).title == "Workshop"
        assert public(event).sessions.count() == 2

    def test_of_a_published_translation_readers_see_nothing_of_the_draft(self, behind, translator, client):
        claim(translator, behind.pk)
        client.force_login(translator)
        save(client, behind, LONGER, "Cela dura sept ans.")
        page = Event.objects.get(locale__language_code="fr")
        assert "Cela dura sept ans." in client.get(f"{base(behind)}preview/").text
        assert "sept ans" not in client.get(page.url).text

    def test_the_original_is_gone(self, event, claimed, client):
        public(event).unpublish()
        answer = client.get(f"{base(claimed)}preview/")
        assert answer.status_code == 410
        assert "taken down" in answer.text
