"""Addresses of the screens of translations, by task, for lists that hold many of them."""

from django.urls import reverse


def task_address(task_id: int, part: str = "") -> str:
    """The editor of a translation, or one of its parts: `claim/`, `plan/` …"""
    return f"{reverse('translations_queue')}{task_id}/{part}"
