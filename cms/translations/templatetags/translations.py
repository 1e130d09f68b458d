"""How a translation stands, for templates."""

from datetime import date, datetime

from django import template

from cms.core.dates import written_date
from cms.translations import addresses, queue_wording, rules
from cms.translations.models import TranslationTask

register = template.Library()
register.filter("label_in_words", queue_wording.label_in_words)


@register.filter
def content_in_words(task: TranslationTask) -> str:
    """What readers have meanwhile."""
    if task.content_state == rules.OUTDATED:
        return queue_wording.outdated_in_words(task)
    return task.get_content_state_display()


@register.filter
def written_day(value: date | datetime) -> str:
    return queue_wording.day_in_words(value) if isinstance(value, datetime) else written_date(value)


@register.simple_tag
def task_address(task_id: int) -> str:
    return addresses.task_address(task_id)
