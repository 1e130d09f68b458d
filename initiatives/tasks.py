"""Work done outside the request."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from cms.core.dates import written_date
from initiatives.models import CallForInterest, CallReply


@task(queue_name="mail")
def confirm_reply(reply_id: int) -> None:
    """Tell the sender of an answer, in their language, what was received.

    The job carries the number only: no personal data stands in the queue or in its log. An answer deleted in
    the meantime is not confirmed.
    """
    reply = CallReply.objects.filter(pk=reply_id).first()
    if reply is None:
        return
    calls = CallForInterest.objects.filter(translation_key=reply.call_key).select_related("locale", "issuer")
    by_language = {call.locale.language_code: call for call in calls}
    call = by_language.get(reply.language) or next(iter(by_language.values()), None)
    if call is None:
        return
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
    # A title may not break the header it stands in.
    EmailMessage(" ".join(subject.split()), text, to=[reply.email]).send()
