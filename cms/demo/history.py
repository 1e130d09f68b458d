"""What the demo shows of the wiki: documents with a past, a text that waits for the editors, a reader's suggestion.

The files hold each document as it stands. Its earlier versions say less of it: they are derived from that text, so
that no version says more than the sources. Everything goes through the wiki's own verbs.
"""

import json
import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from cms.accounts.models import User
from cms.accounts.roles import EDITOR_GROUP, REVIEWER_PREFIX, language_group
from cms.demo.reading import NAMESPACE
from cms.translations.queries.works import is_original
from cms.translations.services.works import record_work
from cms.wiki.content import content_of, page_with
from cms.wiki.deciders import verdict_on
from cms.wiki.queries.pages import live_content
from cms.wiki.services import Note, approve, keep_draft, publishing, submit_for_review
from cms.wiki.services.suggestions import suggest


@dataclass(frozen=True)
class Credits:
    """Who is named for what the demo publishes: its accounts, where there are any."""

    summaries: dict[str, str]  # by language code
    author: User | None = None
    editor: User | None = None

    def first(self, code: str) -> AbstractContextManager:
        """What is published within is somebody's first publication."""
        return publishing(
            Note(summary=self.summaries.get(code, ""), author=self.author, approved_by=self.editor)
        )


def demo_credits(file: dict) -> Credits:
    accounts = User.objects.filter(username__in=["author", "editor"]).in_bulk(field_name="username")
    return Credits(file["first_published"], accounts.get("author"), accounts.get("editor"))


def earlier(content: dict[str, Any], version: dict) -> dict[str, Any]:
    """`content` as it was in `version`: without some blocks of the body, and with other words here and there."""
    words, absent = version.get("reads") or {}, set(version.get("without") or [])
    body = [block for number, block in enumerate(json.loads(content["body"])) if number not in absent]
    said = {name: reworded(value, words) for name, value in content.items() if isinstance(value, str)}
    return {**content, **said, "body": json.dumps(reworded(body, words))}


def reworded(value: Any, words: dict[str, str]) -> Any:
    """Texts within `value` with the words of `words` instead of those they stand for."""
    if isinstance(value, str):
        for now, then in words.items():
            value = value.replace(now, then)
        return value
    if isinstance(value, list):
        return [reworded(item, words) for item in value]
    if isinstance(value, dict):
        return {name: reworded(item, words) for name, item in value.items()}
    return value


@dataclass(frozen=True)
class Past:
    """A page's versions after the first: the fields that differ, each with its summary and significance."""

    first: Page
    later: list[tuple[dict[str, Any], str, str]]


def past_of(page: Page, versions: list[dict]) -> Past:
    """`page` as its first version, and what the later ones change in it, the last up to `page` itself."""
    now = content_of(page)
    texts = [earlier(now, version) for version in versions]
    names = {name for text in texts for name in text if text[name] != now[name]}
    later = [
        ({name: text[name] for name in names}, version["summary"], version["significance"])
        for text, version in zip(texts[1:], versions[1:], strict=True)
    ]
    return Past(page_with(page, texts[0]), later)


def decider_on(page: Page, author: User) -> User:
    """One of the demo's accounts that may decide on what `author` wrote for `page`."""
    groups = [EDITOR_GROUP, language_group(REVIEWER_PREFIX, page.locale.language_code)]
    people = User.objects.filter(groups__name__in=groups, email__endswith="@example.org").order_by("pk")
    return next(person for person in people if verdict_on(page.specific, person, author.pk).allowed)


def hand_in(author: User, page_id: int, changes: dict[str, Any], summary: str, significance: str) -> int:
    """`author` submits the public text of a page with `changes`. Returns the submission's id."""
    page = Page.objects.get(pk=page_id)
    text = keep_draft(author, page, {**(live_content(page) or {}), **changes}, None)
    return submit_for_review(author, text.pk, text.version, summary, significance).pk


class HistoryLoader:
    """Plays what happened to documents that this run has added, and to no others."""

    def __init__(self, file: dict, credits: Credits):
        self.credits = credits
        self.histories = {named(one): one["versions"] for one in file["histories"]}
        self.waiting = {named(one): one for one in file["waiting"]}
        self.suggestions = {named(one): one for one in file["suggestions"]}
        self.pasts: dict[int, Past] = {}

    def first_version(self, page: Page, key: str, code: str) -> Page:
        """What to publish first of a new document: an earlier version where the demo tells of one."""
        versions = self.histories.get((key, code))
        if not versions or not self.credits.author:
            return page
        past = self.pasts[page.pk] = past_of(page, versions)
        return past.first

    def load(self, added: dict[tuple[str, str], int]) -> int:
        """`added`: the new pages, by document and language. Returns how many pieces were made."""
        author = self.credits.author
        if author is None:
            return 0
        for page_id in self.pasts:
            # As it stood when it was translated: what follows makes its translations late, as in life.
            take_in(page_id)
        for page_id, past in self.pasts.items():
            for changes, summary, significance in past.later:
                submitted = hand_in(author, page_id, changes, summary, significance)
                approve(decider_on(Page.objects.get(pk=page_id), author), submitted)
        waiting = [(added[name], one) for name, one in self.waiting.items() if name in added]
        for page_id, one in waiting:
            now = live_content(Page.objects.get(pk=page_id)) or {}
            hand_in(author, page_id, earlier(now, one), one["summary"], one["significance"])
        suggested = [(added[name], one) for name, one in self.suggestions.items() if name in added]
        for page_id, one in suggested:
            suggest_as_reader(page_id, one)
        return len(waiting) + len(suggested) + sum(len(past.later) for past in self.pasts.values())


def take_in(page_id: int) -> None:
    page: Any = Page.objects.get(pk=page_id).specific
    if is_original(page):
        record_work(page)


def named(one: dict) -> tuple[str, str]:
    return one["document"], one["language"]


def suggest_as_reader(page_id: int, one: dict) -> None:
    suggest(
        page_id,
        uuid.uuid5(NAMESPACE, f"suggestions/{page_id}"),
        one["language"],
        passage=one["passage"],
        text=one["text"],
        name=one["name"],
        email="",
        trap="",
    )
