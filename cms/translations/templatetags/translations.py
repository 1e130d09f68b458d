"""How a translation stands, for templates."""

from datetime import date, datetime

from django import template

from cms.core.dates import written_date
from cms.translations import addresses, queue_wording

register = template.Library()


@register.filter
def written_day(value: date | datetime) -> str:
    return queue_wording.day_in_words(value) if isinstance(value, datetime) else written_date(value)


@register.simple_tag
def task_address(task_id: int) -> str:
    return addresses.task_address(task_id)
