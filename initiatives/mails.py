"""The mail that confirms an answer to a call. Sent as all mail is: in the background, tried again, never twice."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cms.core.dates import written_date
from cms.core.mailing import Letter, post
from initiatives.models import CallForInterest, CallReply

COMPOSER = "initiatives.reply"


def post_confirmation(reply: CallReply) -> None:
    """Part of the transaction that keeps the answer. Its number only stands in the queue, no personal data."""
    post(COMPOSER, {"reply": reply.pk}, urgent=True)


def compose(data: dict) -> Letter | None:
    """What was received, in the sender's language. An answer deleted in the meantime is not confirmed."""
    reply = CallReply.objects.filter(pk=data["reply"]).first()
    if reply is None:
        return None
    calls = CallForInterest.objects.filter(translation_key=reply.call_key).select_related("locale", "issuer")
    by_language = {call.locale.language_code: call for call in calls}
    call = by_language.get(reply.language) or next(iter(by_language.values()), None)
    if call is None:
        return None
    with translation.override(reply.language):
        subject = _("Your answer to “%(title)s” has arrived") % {"title": call.title}
        context = {
            "reply": reply,
            "call": call,
            "received": written_date(reply.created_at.date()),
            "address": f"{settings.BASE_URL}/{call.locale.language_code}/library/{call.slug}/",
            "site_name": settings.WAGTAIL_SITE_NAME,
        }
        text = render_to_string("initiatives/mail/reply_received.txt", context)
    return Letter(to=reply.email, subject=subject, text=text)
