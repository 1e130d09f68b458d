"""What somebody who may write sends to do harm: words, links and notes. Refused in words, kept nowhere, in time."""

import json
from functools import partial

import pytest

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.markup import as_shown
from cms.translations.models import SegmentComment, SegmentDraft
from cms.translations.segments import LONGEST
from cms.translations.services.claiming import claim
from cms.translations.services.submitting import submit_translation
from tests.cpu import pieces

from .translating import fresh, task_of, translate, write_all

pytestmark = pytest.mark.django_db
LINKED = 'In a <b>mill</b>, with a <a id="a1">plan</a>.'
DEAREST = 400  # standard pieces, see tests/cpu.py


@pytest.fixture
def task(event, translator, client):
    task = task_of(event, "fr")
    claim(translator, task.pk)
    client.force_login(translator)
    return fresh(task)


def key_of(task, source: str) -> str:
    return next(each.key for each in task.work.source if each.text == source)


def save(client, task, source: str, text: str, **more):
    return client.post(
        f"/admin/translations/{task.pk}/segments/{key_of(task, source)}/", {"text": text, "seen": "0", **more}
    )


WORDS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b onmouseover=alert(1)>x</b>",
    '<a id="a1" href="javascript:alert(1)">x</a>',
    "<svg><script>x</script></svg>",
    "<!-- x -->",
    "<![CDATA[x]]>",
    "<?php x ?>",
    "<!DOCTYPE x>",
    "x\0y",
    "<b>" * 21,
    "x" * (LONGEST + 1),
    "<a " * 6000 + ">",
    "<b a='" * 3000 + ">",
]


def test_words_that_may_not_stand_there_are_refused_in_time(task, client):
    """One test: making the document takes longer than sending to it."""
    for words in WORDS:
        cost, answer = pieces(partial(save, client, task, LINKED, words))
        assert cost < DEAREST, words[:20]
        assert (answer.status_code, bool(answer.json()["said"])) == (422, True), words[:20]
    assert not SegmentDraft.objects.exists()


def test_what_only_looks_like_a_tag_is_words(task, client):
    assert save(client, task, LINKED, "<![").status_code == 200
    assert SegmentDraft.objects.get().text == "&lt;!["


@pytest.mark.parametrize(
    "links",
    [
        "[" * 90_000,
        '{"a1":' * 9_000 + "1" + "}" * 9_000,
        "null",
        "[1]",
        "1" * 5000,
        '{"a1": "https://example.org/' + "x" * 200_000 + '"}',
    ],
    ids=["deep", "deep mapping", "null", "a list", "a number", "long"],
)
def test_links_that_are_no_mapping_of_addresses_are_as_if_none_were_sent(task, client, links):
    answer = save(client, task, LINKED, 'un <a id="a1">plan</a>', links=links)
    assert answer.status_code in (200, 422)
    assert all(draft.links == {} for draft in SegmentDraft.objects.all())


ADDRESSES = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,x",
    "//evil.example/",
    "/\\evil.example/",
    "https://example.org/\0",
    "https://example.org/\ud800",
    "https://example.org/ x",
    "https://example.org/\nx",
    "ftp://example.org/",
    "x",
    "https://example.org/" + "x" * 2000,
]


def test_addresses_that_are_none_and_links_that_the_source_has_not(task, client):
    links = [{"a1": address} for address in ADDRESSES]
    links += [{name: "https://example.org/"} for name in ("a2", "", "__proto__", "a1\0")]
    for each in links:
        answer = save(client, task, LINKED, 'un <a id="a1">plan</a>', links=json.dumps(each))
        assert answer.status_code == 422, each
    assert not SegmentDraft.objects.exists()


def test_an_address_with_quotes_stays_an_address(task, translator, reviewer, client):
    evil = 'https://example.org/"><script>alert(1)</script>'
    assert (
        save(client, task, LINKED, 'un <a id="a1">plan</a>', links=json.dumps({"a1": evil})).status_code
        == 200
    )
    for place in ("", "preview/"):
        assert "<script>alert(1)" not in client.get(f"/admin/translations/{task.pk}/{place}").text
    page = translate(translator, reviewer, task)
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.text


def test_words_that_speak_of_tags_are_words_wherever_they_are_published(task, translator, reviewer, client):
    evil = (
        "&lt;/script&gt;&lt;/title&gt;&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(2)&lt;/script&gt;"
    )
    page = translate(translator, reviewer, task, say=lambda text, code: f"{text} {evil}")
    bump_stamp()
    client.logout()
    places = [
        page.url,
        "/fr/library/",
        "/fr/events/",
        f"/fr/wiki/{page.pk}/side-by-side/en/",
        "/fr/languages/",
    ]
    places += [
        f"/fr/wiki/{page.pk}/history/",
        "/fr/wiki/changes.atom",
        "/sitemap.xml",
        "/fr/search/?q=Workshop",
    ]
    for place in places:
        answer = client.get(place)
        assert answer.status_code == 200, place
        assert "<img src=x" not in answer.text, place
        assert "<script>alert" not in answer.text, place
    assert "&lt;img src=x" in client.get(page.url).text


class TestRemarks:
    def test_nul_is_kept_nowhere(self, task, translator, reviewer, client):
        key = key_of(task, "Workshop")
        client.post(f"/admin/translations/{task.pk}/segments/{key}/comments/", {"text": "a\0b @tra\0"})
        assert SegmentComment.objects.get().text == "ab @tra"
        write_all(translator, task)
        assert client.post(f"/admin/translations/{task.pk}/submit/", {"note": "a\0b"}).status_code == 302
        assert fresh(task).submission.summary == "ab"
        client.force_login(reviewer)
        decide = f"/admin/translations/{task.pk}/decide/"
        assert client.post(decide, {"decision": "send_back", "reason": " \0 "}).status_code == 422
        assert client.post(decide, {"decision": "send_back", "reason": "a\0b"}).status_code == 302
        assert fresh(task).reason == "ab"

    def test_a_book_is_no_reason(self, task, translator, reviewer, client):
        write_all(translator, task)
        submit_translation(translator, task.pk)
        client.force_login(reviewer)
        answer = client.post(
            f"/admin/translations/{task.pk}/decide/", {"decision": "send_back", "reason": "x" * 5001}
        )
        assert answer.status_code == 422
        assert fresh(task).in_review


@pytest.mark.parametrize("piece", ["<a ", "<b a='", "<![", "<!--", "</", "<b/ ", "&#x"])
def test_showing_what_was_stored_takes_no_longer_than_its_length(piece):
    cost, shown = pieces(lambda: as_shown(piece * 20_000))
    assert cost < DEAREST
    assert "<a " not in shown
