"""Mails to people without an account. Those to members are notifications (`notices.py`)."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.mailing import Letter
from cms.wiki.models import Suggestion
from cms.wiki.services.suggestions import forget_address


def answer_to_suggestion(data: dict) -> Letter | None:
    """The editors' answer, in the language in which the suggestion was written."""
    suggestion = Suggestion.objects.filter(pk=data["suggestion"]).select_related("page__locale").first()
    if suggestion is None or not suggestion.email or not suggestion.answer:
        return None
    page = suggestion.page
    with translation.override(suggestion.language):
        context = {
            "suggestion": suggestion,
            "title": page.title,
            "address": f"{settings.BASE_URL}{page.get_url()}" if page.live else "",
            "site_name": settings.WAGTAIL_SITE_NAME,
        }
        subject = _("Your suggestion for “%(title)s”") % {"title": page.title}
        return Letter(
            suggestion.email, subject, render_to_string("wiki/mail/suggestion_answered.txt", context)
        )


def answered(data: dict) -> None:
    forget_address(data["suggestion"])
