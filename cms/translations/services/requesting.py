"""Readers say in which language they would like to read something. Each counts once."""

from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from wagtail.models import Page

from cms.translations import notices
from cms.translations.models import LanguageRequest, TranslationTask
from cms.translations.queries.works import is_public
from cms.translations.rules import PUBLISHED

from .claiming import lock_task
from .counting import need_of

ACCOUNT, VISITOR = "account:", "visitor:"


class NothingToAsk(Exception):
    """It can be read in this language, and is up to date; or nothing is translated into it at present."""


def account_key(user_id: int) -> str:
    return f"{ACCOUNT}{user_id}"


def visitor_key(address: str, agent: str) -> str:
    """The same for the same browser at the same connection; a keyed digest, never the address itself."""
    digest = salted_hmac("translations.request", f"{address}\n{agent}", algorithm="sha256").hexdigest()
    return f"{VISITOR}{digest[:40]}"


@transaction.atomic
def request_translation(task_id: int, visitor: str, user_id: int | None = None) -> bool:
    """One more reader would like it. False, and nothing is counted, for who has asked before.

    `visitor`: from `visitor_key`; `user_id` of who is signed in, who is then told when it can be read. Somebody who
    asked before they signed in counts once all the same. Raises `NothingToAsk`.
    """
    task = lock_task(task_id)
    if not is_public(task.work) or task.content_state == PUBLISHED:
        raise NothingToAsk
    before = LanguageRequest.objects.filter(task=task, person=visitor).first()
    if user_id is None:
        if before is None:
            return _count(task, visitor)
        return False
    known = LanguageRequest.objects.filter(task=task, person=account_key(user_id)).exists()
    if before is not None and not known:
        before.person = account_key(user_id)
        before.save(update_fields=["person"])
    return False if known or before is not None else _count(task, account_key(user_id))


def _count(task: TranslationTask, person: str) -> bool:
    LanguageRequest.objects.create(task=task, person=person)
    task.requests += 1
    _keep_number(task)
    return True


def _keep_number(task: TranslationTask) -> None:
    task.need = need_of(task)
    task.save(update_fields=["requests", "need", "label"])


def answer_requests(task: TranslationTask, target: Any) -> None:
    """It can be read now: whoever asked and has an account is told; from here on, asking counts anew."""
    asked = LanguageRequest.objects.filter(task=task)
    people = [
        int(person.removeprefix(ACCOUNT))
        for person in asked.values_list("person", flat=True)
        if person.startswith(ACCOUNT)
    ]
    if people and isinstance(target, Page):
        notices.can_be_read(task, target, people)
    if task.requests:
        asked.delete()
        task.requests = 0
        _keep_number(task)
