"""What readers can ask for: the languages in which a page is missing, or behind its original."""

from dataclasses import dataclass

from wagtail.models import Page

from cms.translations.models import TranslationTask
from cms.translations.queries.queue import QueueLanguage, queue_languages, tasks_of_public_works
from cms.translations.rules import MISSING, PUBLISHED


@dataclass(frozen=True, slots=True)
class Wish:
    language: QueueLanguage
    missing: bool  # else it exists, and is behind or not whole
    requests: int
    in_work: bool  # somebody is at it


def wishes_for(page: Page) -> list[Wish]:
    """In the site's order. `page`: the original or any of its translations. Two queries."""
    languages = queue_languages()
    tasks = {task.target_locale_id: task for task in _tasks(page, languages)}
    return [
        Wish(
            language,
            tasks[pk].content_state == MISSING,
            tasks[pk].requests,
            tasks[pk].assignee_id is not None or tasks[pk].in_review,
        )
        for pk, language in languages.items()
        if pk in tasks and not language.closed
    ]


def task_to_ask_for(page: Page, code: str) -> TranslationTask | None:
    """None where nothing is to be asked for in the language. Two queries."""
    languages = queue_languages()
    pk = next((pk for pk, each in languages.items() if each.code == code and not each.closed), None)
    return _tasks(page, languages).filter(target_locale=pk).first() if pk is not None else None


def _tasks(page: Page, languages: dict[int, QueueLanguage]):
    return (
        tasks_of_public_works(languages, list(languages))
        .filter(work__translation_key=page.translation_key)
        .exclude(content_state=PUBLISHED)
        .only("target_locale", "content_state", "requests", "assignee", "submitted_at")
    )
