"""Dates in templates, in the active language."""

from django import template

from initiatives.dates import written_date, written_span

register = template.Library()


@register.filter
def known_date(value, precision="day") -> str:
    """`{{ document.date|known_date:document.date_precision }}`"""
    return written_date(value, precision)


@register.filter
def day(value) -> str:
    return written_date(value) if value else ""


@register.simple_tag
def date_range(start, end) -> str:
    return written_span(start, end)
