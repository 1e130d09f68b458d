"""Short words for what translators and reviewers do, through the same verbs as the screens."""

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.models import TranslationTask
from cms.translations.queries.texts import survey_of
from cms.translations.services.claiming import claim
from cms.translations.services.drafting import save_segment
from cms.translations.services.submitting import approve_translation, submit_translation
from cms.translations.services.works import record_work
from tests.factories.documents import make_user


def make_translator():
    return make_user("Translators (fr)", "traductrice")


def make_reviewer():
    return make_user("Language reviewers (fr)", "relecteur")


def public(page):
    return type(page)._base_manager.get(pk=page.pk)


def take_in(original):
    """What the worker does after a publication."""
    return record_work(public(original))


def task_of(original, code: str) -> TranslationTask:
    return TranslationTask.objects.select_related("work__source_locale", "target_locale", "baseline").get(
        work__translation_key=original.translation_key, target_locale__language_code=code
    )


def fresh(task: TranslationTask) -> TranslationTask:
    return TranslationTask.objects.select_related("work__source_locale", "target_locale", "baseline").get(
        pk=task.pk
    )


def in_words(text: str, code: str) -> str:
    """What a careful translator would type: the markup stays."""
    return f"{code.upper()} {text}"


def write_all(translator, task: TranslationTask, say=in_words) -> None:
    """Claim, and translate whatever has no words yet."""
    claim(translator, task.pk)
    code = task.target_locale.language_code
    for each in survey_of(fresh(task)).standings:
        if not each.text:
            save_segment(translator, task.pk, each.segment.key, say(each.segment.text, code), seen=0)


def translate(translator, reviewer, task: TranslationTask, say=in_words):
    """From the queue to the reader. Returns the public row."""
    write_all(translator, task, say)
    submit_translation(translator, task.pk)
    approve_translation(reviewer, task.pk)
    bump_stamp()
    task = fresh(task)
    model = task.work.content_type.model_class()
    return model._base_manager.get(translation_key=task.work.translation_key, locale_id=task.target_locale_id)
