"""What is suggested for a segment, in which order, and to whom."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.translations.inline import normalise_inline
from cms.translations.linked_words import with_links_of
from cms.translations.models import MemoryEntry, SegmentDraft
from cms.translations.queries.suggestions import suggestions_for
from cms.translations.queries.texts import survey_of
from cms.translations.services.claiming import claim
from cms.translations.services.drafting import save_segment
from cms.translations.short_texts import ShortText, findings_of_text, remember_pair, suggestions_for_text
from initiatives.models import Event
from tests.factories.documents import make_document, make_user
from tests.factories.entries import make_term
from tests.wiki.publishing import publish

from .originals import LONGER, body, edited
from .translating import fresh, take_in, task_of, translate

pytestmark = pytest.mark.django_db
LINKED = 'In a <b>mill</b>, with a <a id="a1">plan</a>.'


def remember(source: str, target: str, title: str = "Another text", year: int = 2024, **more) -> MemoryEntry:
    entry = MemoryEntry.of(
        source, source_language="en", target_language="fr", target=target, title=title,
        approved_at=datetime(year, 3, 1, tzinfo=UTC), **more,
    )  # fmt: skip
    entry.save()
    return entry


def key_of(task, source: str) -> str:
    return next(each.segment.key for each in survey_of(fresh(task)).standings if each.segment.text == source)


def offered(task, source: str):
    return suggestions_for(fresh(task), key_of(task, source))


@pytest.fixture
def task(event):
    return task_of(event, "fr")


@pytest.fixture
def claimed(task, translator, client):
    claim(translator, task.pk)
    client.force_login(translator)
    return fresh(task)


class TestFromTheMemory:
    def test_the_same_text_in_the_same_place_first_then_elsewhere_then_alike(self, task):
        segment = next(each for each in task.work.source if each.text == "Where it began")
        remember("Where it all began", "Où tout a commencé", title="Alike", year=2025)
        remember("Where it began", "Où elle naquit", title="Elsewhere", year=2026)
        remember(
            "Where it began", "Où cela a commencé", path=segment.path, work_key=task.work.translation_key
        )
        found = offered(task, "Where it began")
        assert [(each.number, each.score, each.text, each.origin) for each in found] == [
            (1, 100, "Où cela a commencé", "memory"),
            (2, 100, "Où elle naquit", "memory"),
            (3, 87, "Où tout a commencé", "memory"),
        ]
        assert [each.note for each in found] == [
            "published here before, 2024",
            "from “Elsewhere”, 2026",
            "from “Alike”, 2025",
        ]
        assert [each.source for each in found] == ["", "", "Where it all began"]

    def test_less_alike_than_seventy_percent_is_not_offered(self, task):
        remember("Where nothing at all was to be seen", "Où rien ne se voyait")
        assert offered(task, "Where it began") == []

    def test_of_other_languages_nothing(self, task):
        MemoryEntry.objects.filter(pk=remember("Where it began", "Donde empezó").pk).update(
            target_language="es"
        )
        MemoryEntry.objects.filter(pk=remember("Where it began", "Wo", path="x").pk).update(
            source_language="de"
        )
        assert offered(task, "Where it began") == []

    def test_each_wording_once_and_not_what_stands_there(self, task, translator):
        for number in range(3):
            remember("Where it began", "Au début", path=f"p{number}")
        remember("Where it begins", "Au début")
        assert [each.text for each in offered(task, "Where it began")] == ["Au début"]
        claim(translator, task.pk)
        save_segment(translator, task.pk, key_of(task, "Where it began"), "Au début", seen=0)
        assert offered(task, "Where it began") == []

    def test_markup_alone_makes_no_hundred_percent(self, task):
        remember("Where <b>it</b> began", "<b>Au</b> début")
        assert [each.score for each in offered(task, "Where it began")] == [99]

    def test_links_stay_where_the_source_has_them(self, task):
        remember(
            LINKED.replace("plan", "plot"), 'Un <b>moulin</b>, un <a id="a1">plan</a>, <a id="a2">plus</a>.'
        )
        assert [each.text for each in offered(task, LINKED)] == [
            'Un <b>moulin</b>, un <a id="a1">plan</a>, plus.'
        ]

    def test_never_more_than_a_digit_can_choose(self, task):
        for number in range(30):
            remember("Where it began", f"Début {number}", path=f"p{number}")
        assert [each.number for each in offered(task, "Where it began")] == list(range(1, 10))

    def test_what_may_not_stand_in_a_segment_is_not_offered(self, task):
        remember("Where it began", "<script>alert(1)</script>")
        assert offered(task, "Where it began") == []

    def test_six_queries_at_most(self, task):
        remember("Where it all began", "Où tout a commencé")
        remember("Where it began", "Où elle naquit")
        task, key = fresh(task), key_of(task, "Where it began")
        suggestions_for(task, key)  # what is kept for as long as the site does not change
        with CaptureQueriesContext(connection) as asked:
            assert len(suggestions_for(task, key)) == 2
        assert len(asked) <= 6

    def test_nothing_is_taken_over_by_itself(self, task):
        remember("Where it began", "Où elle naquit")
        offered(task, "Where it began")
        assert not SegmentDraft.objects.exists()
        assert not survey_of(fresh(task)).texts()


class TestFromThePage:
    @pytest.fixture
    def twice(self, site, translator):
        words = ("The plan of the mill", "The plan of the mill", "The plans of the mill")
        blocks = [
            {"type": "heading", "value": each, "id": f"44444444-0000-0000-0000-00000000000{number}"}
            for number, each in enumerate(words)
        ]
        event = make_document(Event, title="Twice", body=body(blocks))
        take_in(event)
        task = task_of(event, "fr")
        claim(translator, task.pk)
        return task

    def test_segments_written_meanwhile(self, twice, translator):
        one, two, three = [
            each.segment.key for each in survey_of(twice).standings if "mill" in each.segment.text
        ]
        save_segment(translator, twice.pk, one, "Le plan du moulin", seen=0)
        (same,) = suggestions_for(fresh(twice), two)
        (alike,) = suggestions_for(fresh(twice), three)
        assert (same.score, same.origin, same.note) == (100, "typed", "from this text, not published yet")
        assert 90 <= alike.score < 100
        assert alike.source == "The plan of the mill"

    def test_words_of_a_machine_stay_a_machines(self, twice, translator):
        one, two, _three = [
            each.segment.key for each in survey_of(twice).standings if "mill" in each.segment.text
        ]
        save_segment(translator, twice.pk, one, "Le plan du moulin", seen=0, origin="machine")
        assert [each.origin for each in suggestions_for(fresh(twice), two)] == ["machine"]

    def test_the_old_translation_of_a_changed_segment(self, event, task, translator, reviewer):
        translate(translator, reviewer, task)
        MemoryEntry.objects.all().delete()
        publish(event, note_significance="addition", body=body(edited(("It lasted.", LONGER))))
        take_in(event)
        (old,) = offered(task, LONGER)
        assert (old.text, old.origin, old.source) == ("FR It lasted.", "page", "It lasted.")
        assert old.score < 70
        assert old.note == "the published translation, of the original as it was"


class TestTheirPart:
    def test_who_writes_gets_a_numbered_list(self, claimed, client):
        remember("Where it all began", "Où <b>tout</b> a commencé", title="A <b>title</b>")
        page = client.get(address(claimed, "Where it began"))
        assert page.status_code == 200
        assert "private" in page.headers["Cache-Control"] or "no-store" in page.headers["Cache-Control"]
        assert 'data-suggestion="Où &lt;b&gt;tout&lt;/b&gt; a commencé" data-origin="memory"' in page.text
        assert "87 % · from “A &lt;b&gt;title&lt;/b&gt;”, 2024" in page.text
        assert "<del> all</del>" in page.text or "<del>all </del>" in page.text
        assert "<ol>" in page.text

    def test_terms_of_the_glossary_stand_with_it(self, claimed, client):
        mill = make_term("mill")
        make_term("moulin", lang="fr", translation_of=mill, forbidden="usine")
        page = client.get(address(claimed, LINKED)).text
        assert "moulin" in page
        assert "usine" in page

    def test_nothing_to_say_is_nothing(self, claimed, client):
        assert client.get(address(claimed, "Where it began")).text.strip() == ""

    @pytest.mark.parametrize("role", ["Translators (fr)", "Translators (es)", "Editors", None])
    def test_others_than_who_writes_get_none(self, claimed, client, role):
        client.force_login(make_user(role))
        assert client.get(address(claimed, "Where it began")).status_code in (302, 403)

    def test_no_such_segment(self, claimed, client):
        assert (
            client.get(f"/admin/translations/{claimed.pk}/segments/nothing/suggestions/").status_code == 404
        )
        assert client.post(address(claimed, "Where it began")).status_code == 405


def address(task, source: str) -> str:
    return f"/admin/translations/{task.pk}/segments/{key_of(task, source)}/suggestions/"


class TestAskingTheMachine:
    @pytest.fixture(autouse=True)
    def machine(self, settings):
        cache.clear()
        settings.MACHINE_TRANSLATION = "dummy"

    def test_only_when_told_to(self, claimed, client):
        page = client.get(address(claimed, LINKED)).text
        assert 'data-do="machine"' in page
        assert "data-suggestion" not in page
        page = client.get(address(claimed, LINKED) + "?machine=1").text
        assert 'data-origin="machine"' in page
        assert "a machine: read it before you use it" in page
        assert 'data-do="machine"' not in page

    def test_at_once_where_the_site_says_so(self, claimed, client, settings):
        settings.MACHINE_TRANSLATION_UNASKED = True
        assert 'data-origin="machine"' in client.get(address(claimed, LINKED)).text

    def test_it_stands_last_and_keeps_its_digit(self, claimed, client):
        for number in range(12):
            remember("Where it began", f"Début {number}", path=f"p{number}")
        page = client.get(address(claimed, "Where it began") + "?machine=1").text
        assert page.count("data-suggestion=") == 9
        assert page.rindex('data-origin="machine"') > page.rindex('data-origin="memory"')

    def test_trouble_is_told_and_what_is_known_is_offered_all_the_same(self, claimed, client, settings):
        settings.MACHINE_TRANSLATION = "libretranslate"
        settings.MACHINE_TRANSLATION_ADDRESS = "http://127.0.0.1:1"
        remember("Where it began", "Au début")
        page = client.get(address(claimed, "Where it began") + "?machine=1")
        assert page.status_code == 200
        assert "LibreTranslate cannot be reached now" in page.text
        assert "Au début" in page.text
        assert 'data-do="machine"' in page.text  # to try again

    def test_without_one_nobody_is_asked(self, claimed, client, settings):
        settings.MACHINE_TRANSLATION = "none"
        assert "machine" not in client.get(address(claimed, LINKED) + "?machine=1").text


@pytest.mark.parametrize(
    ("text", "links", "expected"),
    [
        ('<a id="a1">x</a> <a id="a2">y</a>', ["a1"], '<a id="a1">x</a> y'),
        ('<a id="a1">x</a> <a id="a1">y</a>', ["a1"], '<a id="a1">x</a> y'),
        ('<b><a id="a9">x <i>y</i></a></b>', ["a1"], "<b>x <i>y</i></b>"),
        ("&lt;a id=&quot;a1&quot;&gt;", [], '&lt;a id="a1"&gt;'),
        ("<p>x</p>", [], ""),
    ],
)
def test_links_that_do_not_fit_leave_their_words(text, links, expected):
    words = with_links_of(text, links)
    assert words == expected
    assert normalise_inline(words) == words


class TestShortTexts:
    """Posts of a forum, say: texts that are no works."""

    def test_what_was_remembered_is_suggested_to_pages_and_other_texts(self, task):
        short = ShortText("Where it began", "en", version=3)
        remember_pair(
            short, "fr", "Au commencement", place="forum.post.12", title="A topic", author_name="Ana"
        )
        (found,) = suggestions_for_text(ShortText("Where it begins", "en"), "fr")
        assert (found.text, found.note[:14]) == ("Au commencement", "from “A topic”")
        assert [each.text for each in offered(task, "Where it began")] == ["Au commencement"]

    def test_the_last_words_of_a_place_stand(self, site):
        short = ShortText("Where it began", "en")
        remember_pair(short, "fr", "Au début", place="forum.post.12")
        remember_pair(short, "fr", "Au commencement", place="forum.post.12")
        kept = MemoryEntry.objects.filter(path="forum.post.12")
        assert [each.target for each in kept] == ["Au commencement"]

    def test_the_same_checks(self, site):
        mill = make_term("mill")
        make_term("moulin", lang="fr", translation_of=mill, forbidden="usine")
        short = ShortText("The mill has 3 wheels.", "en")
        assert findings_of_text(short, "fr", "Le moulin a 3 roues.") == []
        found = [each.code for each in findings_of_text(short, "fr", "L’usine a 4 roues.", longest=5)]
        assert found[:2] == ["too_long", "term_forbidden"]
        assert "numbers" in found

    def test_nothing_goes_into_the_memory_that_a_segment_may_not_hold(self, site):
        with pytest.raises(ValidationError):
            remember_pair(ShortText("x", "en"), "fr", "<script>x</script>", place="forum.post.1")
        assert not MemoryEntry.objects.filter(path="forum.post.1").exists()

    def test_a_translation_knows_whether_it_is_behind(self):
        assert ShortText("x", "en", 3).changed_since(2)
        assert not ShortText("x", "en", 3).changed_since(3)
