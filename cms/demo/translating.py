"""What the demo shows of translations: programmes, and work in every state, through the queue's own verbs."""

from typing import Any

from wagtail.models import Locale

from cms.accounts.models import User
from cms.demo.reading import identity
from cms.translations.models import LanguageProgramme, TranslationTask
from cms.translations.queries.texts import survey_of
from cms.translations.rules import CHANGES_REQUESTED, CLAIMED, IDLE, IN_REVIEW, QUEUED
from cms.translations.services.claiming import claim, plan
from cms.translations.services.drafting import save_segment
from cms.translations.services.submitting import send_back, submit_translation


class TranslationLoader:
    """Plays what `translations.yaml` tells, where the demo's accounts are and nobody has begun yet."""

    def __init__(self, file: dict):
        self.file = file

    def load(self) -> int:
        """Returns how many pieces were made."""
        people = User.objects.filter(email__endswith="@example.org").in_bulk(field_name="username")
        made = sum(self.fund(code, one) for code, one in self.file["programmes"].items())
        for one in self.file["work"]:
            task = self.find(one)
            untouched = task is not None and task.work_state in (IDLE, QUEUED) and not task.is_planned
            if task is not None and untouched and one["by"] in people:
                self.play(task, one, people)
                made += 1
        return made

    def fund(self, code: str, one: dict) -> bool:
        locale = Locale.objects.filter(language_code=code).first()
        if locale is None:
            return False
        _programme, created = LanguageProgramme.objects.get_or_create(locale=locale, defaults=one)
        return created

    def find(self, one: dict) -> TranslationTask | None:
        return (
            TranslationTask.objects.filter(
                work__translation_key=identity("documents", one["document"]),
                target_locale__language_code=one["language"],
            )
            .select_related("work__source_locale", "target_locale", "baseline")
            .first()
        )

    def play(self, task: TranslationTask, one: dict[str, Any], people: dict[str, User]) -> None:
        if one["state"] == QUEUED:
            plan(people[one["by"]], task.pk, one["priority"], None)
            return
        translator = people[one["by"]]
        claim(translator, task.pk)
        if one["state"] == CLAIMED:
            return
        for each in survey_of(task).standings:
            words = one["words"].get(each.segment.text)
            if words:
                save_segment(translator, task.pk, each.segment.key, words, seen=0)
        if one["state"] in (IN_REVIEW, CHANGES_REQUESTED):
            submit_translation(translator, task.pk)
        if one["state"] == CHANGES_REQUESTED:
            send_back(people[one["reviewer"]], task.pk, one["reason"])
