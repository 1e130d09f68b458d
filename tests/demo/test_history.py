"""What the demo shows of the wiki: credited publications, documents with a past, what waits for the editors."""

import json

import pytest
from django.core.management import call_command

from cms.demo.history import earlier, reworded
from cms.wiki.diffs import compare
from cms.wiki.merging import changed_fields
from cms.wiki.models import PublishedRevision, Submission, Suggestion
from cms.wiki.queries.pages import live_content
from cms.wiki.texts import content_text
from initiatives.models import Document

pytestmark = pytest.mark.demo


def document(slug: str, code: str) -> Document:
    return Document.objects.get(slug=slug, locale__language_code=code)


def versions(page) -> list[PublishedRevision]:
    return list(page.published_revisions.order_by("number"))


def test_every_publication_is_credited_in_its_language(demo, content):
    said = content.wiki["first_published"]
    first = PublishedRevision.objects.filter(page__in=Document.objects.values("pk"), number=1)
    assert first.count() == Document.objects.count()
    for copy in first:
        assert copy.summary == said[copy.language]
        assert copy.author.username == "author"
        assert copy.approved_by.username == "editor"


def test_some_documents_have_a_past(demo, content):
    for one in content.wiki["histories"]:
        text = next(file for file in content.documents if file.key == one["document"]).texts[one["language"]]
        page = document(text["slug"], one["language"])
        told = versions(page)
        assert len(told) == len(one["versions"]) >= 2
        assert [copy.summary for copy in told[1:]] == [v["summary"] for v in one["versions"][1:]]
        assert all(copy.author.username == "author" for copy in told)
        assert all(copy.approved_by_id not in {None, copy.author_id} for copy in told)
        # The newest is what readers see, and nothing but the words told of differs.
        assert not changed_fields(told[-1].content, live_content(page))
        model = type(page.specific)
        for older, newer in zip(told, told[1:], strict=False):
            change = compare(content_text(model, older.content), content_text(model, newer.content))
            assert not change.is_empty


def test_one_text_and_one_suggestion_wait(demo):
    # Besides the translations that are in review: see test_translations.py.
    submission = Submission.objects.get(state="submitted", translation_tasks=None)
    assert submission.is_in_review
    assert submission.author.username == "author"
    assert Suggestion.objects.get().state == "new"
    assert not Suggestion.objects.exclude(email="").exists()


def test_what_was_decided_since_is_not_played_again(demo):
    Submission.objects.filter(state="submitted").delete()
    Suggestion.objects.all().delete()
    call_command("load_demo", verbosity=0)
    assert not Submission.objects.filter(state="submitted").exists()
    assert not Suggestion.objects.exists()


def test_an_earlier_text_says_less():
    now = {"summary": "two towns", "body": '[{"value": "a town"}, {"value": "b"}]', "themes": [1]}
    then = earlier(now, {"without": [1], "reads": {"town": "village"}})
    assert then == {"summary": "two villages", "body": '[{"value": "a village"}]', "themes": [1]}
    assert reworded([{"a": 1}, None], {"a": "b"}) == [{"a": 1}, None]


def test_the_words_told_of_stand_in_the_documents(content):
    """A word that is not there would leave two versions alike."""
    for part in ("histories", "waiting"):
        for one in content.wiki[part]:
            file = next(file for file in content.documents if file.key == one["document"])
            text = file.texts[one["language"]]
            said = json.dumps(text, ensure_ascii=False)
            for version in one.get("versions", [one]):
                assert all(number < len(text["body"]) for number in version.get("without") or [])
                assert not [word for word in version.get("reads") or {} if word not in said]
