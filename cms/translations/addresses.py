"""Addresses of the screens of translations, and of what readers see of them."""

from django.urls import reverse


def task_address(task_id: int, part: str = "") -> str:
    """The editor of a translation, or one of its parts: `claim/`, `plan/` …"""
    return f"{reverse('translations_queue')}{task_id}/{part}"


def side_by_side_address(page_id: int, code: str) -> str:
    """A page beside its row in language `code`, the interface in the active language."""
    return reverse("translations:side_by_side", args=[page_id, code])
