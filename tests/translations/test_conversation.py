"""What is said about a segment, and remarks of the checks that somebody sets aside."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.translations import notices
from cms.translations.models import DismissedCheck, SegmentComment
from cms.translations.queries.conversation import named_in, thread_of
from cms.translations.queries.texts import survey_of
from cms.translations.services.claiming import claim
from cms.translations.services.conversing import comment, dismiss, restore
from cms.translations.services.drafting import NotHolder, SourceMoved, save_segment
from tests.factories.documents import make_user
from tests.wiki.publishing import publish

from .originals import LONGER, body, edited
from .translating import fresh, take_in, task_of, translate

pytestmark = pytest.mark.django_db


def key_of(task, source: str = "Where it began") -> str:
    return next(each.segment.key for each in survey_of(fresh(task)).standings if each.segment.text == source)


def address(task, part: str = "comments") -> str:
    return f"/admin/translations/{task.pk}/segments/{key_of(task)}/{part}/"


@pytest.fixture
def task(event):
    return task_of(event, "fr")


@pytest.fixture
def told(monkeypatch):
    calls = []
    monkeypatch.setattr(
        notices,
        "mentioned",
        lambda said, people: calls.append((said.text, [one.username for one in people])),
    )
    return calls


class TestComments:
    def test_whoever_sees_it_may_speak_and_is_read_in_order(self, task, translator, reviewer):
        editor = make_user("Editors", "redaction")
        for person in (translator, reviewer, editor):
            comment(person, task.pk, key_of(task), f"From {person.username}")
        thread = thread_of(fresh(task), key_of(task))
        assert [(each.author_name, each.text) for each in thread.comments] == [
            ("traductrice", "From traductrice"),
            ("relecteur", "From relecteur"),
            ("redaction", "From redaction"),
        ]

    @pytest.mark.parametrize("role", [None, "Translators (es)", "Authors"])
    def test_others_may_not(self, task, role, client):
        person = make_user(role)
        with pytest.raises(PermissionDenied):
            comment(person, task.pk, key_of(task), "x")
        client.force_login(person)
        assert client.get(address(task)).status_code in (302, 403)
        assert client.post(address(task), {"text": "x"}).status_code in (302, 403)
        assert not SegmentComment.objects.exists()

    @pytest.mark.parametrize("text", ["", "  \n ", "x" * 4001])
    def test_nothing_or_too_much_is_refused(self, task, translator, text):
        with pytest.raises(ValidationError):
            comment(translator, task.pk, key_of(task), text)

    def test_four_thousand_characters_fit(self, task, translator):
        assert len(comment(translator, task.pk, key_of(task), "é" * 4000).text) == 4000

    def test_about_a_segment_that_is_not_there(self, task, translator):
        with pytest.raises(SourceMoved):
            comment(translator, task.pk, "0" * 16, "x")

    def test_what_was_said_stays_with_a_segment_whose_source_changes(self, event, task, translator, reviewer):
        translate(translator, reviewer, task)
        comment(translator, task.pk, key_of(task, "It lasted."), "How long?")
        publish(event, note_significance="addition", body=body(edited(("It lasted.", LONGER))))
        take_in(event)
        assert [each.text for each in thread_of(fresh(task), key_of(task, LONGER)).comments] == ["How long?"]


class TestMentions:
    def test_people_are_told_by_either_name_once(self, task, translator, reviewer, told):
        make_user("Editors", "redaction", display_name="Élise Roy")
        comment(translator, task.pk, key_of(task), "@relecteur, @Élise Roy: look. @RELECTEUR! a@relecteur")
        assert told == [("@relecteur, @Élise Roy: look. @RELECTEUR! a@relecteur", ["relecteur", "redaction"])]

    def test_nobody_learns_of_what_they_may_not_see(self, task, translator, told):
        make_user(None, "outsider")
        make_user("Translators (es)", "traductora")
        make_user("Translators (fr)", "gone", is_active=False)
        comment(translator, task.pk, key_of(task), "@outsider @traductora @gone @traductrice @nobody")
        assert told == []

    def test_a_longer_name_is_not_a_shorter_one(self, site):
        short, long = make_user(None, "ana"), make_user(None, "ana.nova")
        assert named_in("@ana.nova", [short, long]) == [long]
        assert named_in("@ana. @anabel", [short, long]) == [short]
        assert named_in("@ana", []) == []


class TestTheThread:
    def test_it_is_read_and_written(self, task, translator, client):
        client.force_login(translator)
        assert "Nobody has said anything yet" in client.get(address(task)).text
        page = client.post(address(task), {"text": "One\n<script>alert(1)</script>"})
        assert page.status_code == 200
        assert 'data-count="1"' in page.text
        assert "One<br>&lt;script&gt;" in page.text
        assert f'action="{address(task)}"' in page.text

    def test_what_could_not_be_kept_is_not_lost(self, task, translator, client):
        client.force_login(translator)
        page = client.post(address(task), {"text": "y" * 4001})
        assert page.status_code == 422
        assert "longer than a comment can be" in page.text
        assert "y" * 4001 in page.text

    def test_bad_addresses(self, task, translator, client):
        client.force_login(translator)
        assert client.get(f"/admin/translations/{task.pk}/segments/nothing/comments/").status_code == 404
        assert client.get("/admin/translations/99999/segments/nothing/comments/").status_code == 404
        assert client.delete(address(task)).status_code == 405

    def test_few_queries(self, task, translator):
        for number in range(20):
            comment(translator, task.pk, key_of(task), f"{number}")
        task, key = fresh(task), key_of(task)
        thread_of(task, key)
        with CaptureQueriesContext(connection) as asked:
            thread_of(task, key)
        assert len(asked) <= 5


class TestDismissing:
    @pytest.fixture
    def doubtful(self, task, translator):
        claim(translator, task.pk)
        save_segment(translator, task.pk, key_of(task), "Où  cela  (commença", seen=0)
        return fresh(task)

    def test_with_a_trace_of_who_and_when(self, doubtful, translator):
        (found,) = dismiss(translator, doubtful.pk, key_of(doubtful), "double_space")
        row = DismissedCheck.objects.get()
        assert (row.code, row.author, row.author_name) == ("double_space", translator, "traductrice")
        (aside,) = thread_of(doubtful, key_of(doubtful)).set_aside
        assert (aside.finding, aside.by, aside.at) == (found, "traductrice", row.created_at)

    def test_one_of_several_by_its_detail(self, doubtful, translator):
        assert dismiss(translator, doubtful.pk, key_of(doubtful), "double_space", "other") == []
        assert len(dismiss(translator, doubtful.pk, key_of(doubtful), "double_space", "")) == 1

    def test_twice_is_once(self, doubtful, translator):
        dismiss(translator, doubtful.pk, key_of(doubtful), "double_space")
        assert dismiss(translator, doubtful.pk, key_of(doubtful), "double_space") == []
        assert DismissedCheck.objects.count() == 1

    @pytest.mark.parametrize("code", ["", "nonsense", "numbers"])
    def test_what_is_not_said_cannot_be_dismissed(self, doubtful, translator, code):
        assert dismiss(translator, doubtful.pk, key_of(doubtful), code) == []
        assert not DismissedCheck.objects.exists()

    def test_errors_cannot_be(self, doubtful, translator):
        key = key_of(doubtful, 'In a <b>mill</b>, with a <a id="a1">plan</a>.')
        save_segment(translator, doubtful.pk, key, "Sans lien.", seen=0)
        save_segment(
            translator, doubtful.pk, key_of(doubtful, "Workshop"), "Atelier", seen=0, origin="machine"
        )
        with pytest.raises(ValidationError):
            dismiss(translator, doubtful.pk, key, "link_lost")
        with pytest.raises(ValidationError):
            dismiss(translator, doubtful.pk, key_of(doubtful, "Workshop"), "machine_unread")
        assert not DismissedCheck.objects.exists()

    def test_only_who_writes_may(self, doubtful, reviewer):
        with pytest.raises(NotHolder):
            dismiss(reviewer, doubtful.pk, key_of(doubtful), "double_space")
        with pytest.raises(PermissionDenied):
            dismiss(make_user("Editors"), doubtful.pk, key_of(doubtful), "double_space")

    def test_a_reviewer_brings_it_back_and_the_conversation_says_so(self, doubtful, translator, reviewer):
        dismiss(translator, doubtful.pk, key_of(doubtful), "double_space")
        (found,) = restore(reviewer, doubtful.pk, key_of(doubtful), "double_space")
        thread = thread_of(doubtful, key_of(doubtful))
        assert thread.set_aside == []
        (said,) = thread.comments
        assert said.author == reviewer
        assert found.message in said.text
        assert restore(reviewer, doubtful.pk, key_of(doubtful), "double_space") == []

    def test_on_the_screen(self, doubtful, translator, client):
        client.force_login(translator)
        row = f"/admin/translations/{doubtful.pk}/segments/{key_of(doubtful)}/"
        assert "two spaces in a row" in client.get(row).text
        page = client.post(address(doubtful, "dismiss"), {"code": "double_space"})
        assert page.status_code == 200
        assert "Bring it back" in page.text
        assert "two spaces in a row" not in client.get(row).text
        client.post(address(doubtful, "dismiss"), {"code": "double_space", "detail": "", "restore": "1"})
        assert "two spaces in a row" in client.get(row).text
        assert client.get(address(doubtful, "dismiss")).status_code == 405

    def test_refused_on_the_screen(self, doubtful, reviewer, client):
        client.force_login(reviewer)
        page = client.post(address(doubtful, "dismiss"), {"code": "double_space"})
        assert page.status_code == 422
        assert "traductrice has claimed this translation" in page.text
