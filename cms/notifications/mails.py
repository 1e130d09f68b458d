"""The words of a mail, found when it is sent: what was read, hidden or forgotten meanwhile is not in it."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.accounts.mails import mail_language
from cms.core.dates import written_date
from cms.core.languages import direction, open_language_codes
from cms.core.mailing import Letter, message_id, site_host
from cms.notifications.bundles import Bundle, bundles
from cms.notifications.models import Delivery, Notification
from cms.notifications.queries import confirmed_address, in_delivery
from cms.notifications.rules import AT_ONCE, DAILY
from cms.notifications.services.unsubscribing import make_token

SHOWN_THINGS = 30
SHOWN_LINES = 20  # about one thing


def compose(data: dict) -> Letter | None:
    """The mail of a delivery, in its reader's language; None where there is nobody to read it or nothing to say.

    Three queries and what the kinds ask, whatever the number of events.
    """
    delivery = Delivery.objects.select_related("recipient").filter(pk=data["delivery"]).first()
    if delivery is None or not delivery.recipient.is_active:
        return None
    user = delivery.recipient
    address = confirmed_address(user)
    if not address:
        return None
    with translation.override(mail_language(user)):
        told = bundles(user, in_delivery(delivery))
        return letter(delivery, told, address) if told else None


def note_mailed(data: dict) -> None:
    Notification.objects.filter(delivery=data["delivery"]).update(mailed_at=timezone.now())


def letter(delivery: Delivery, told: Sequence[Bundle], address: str) -> Letter:
    at_once = delivery.frequency == AT_ONCE
    kinds = list({bundle.kind.code: bundle.kind for bundle in told}.values())
    token = make_token(delivery.recipient, [kind.code for kind in kinds], told[0].about if at_once else "")
    stop = absolute(reverse("notifications_unsubscribe", args=[token]))
    subject = told[0].words.subject if at_once else digest_subject(delivery, told)
    context = frame() | {
        "subject": subject,
        "user": delivery.recipient,
        "things": [thing(bundle, at_once) for bundle in told[:SHOWN_THINGS]],
        "more": max(0, len(told) - SHOWN_THINGS),
        "kinds": kinds,
        "stop": stop,
    }
    return Letter(
        to=address,
        subject=f"[{settings.WAGTAIL_SITE_NAME}] {subject}",
        text=render_to_string("notifications/mail/mail.txt", context).strip() + "\n",
        html=render_to_string("notifications/mail/email.html", context),
        headers=headers(delivery, told, stop),
    )


def frame() -> dict:
    """What each mail in the active language holds. A language need not be open for mails; for pages it must."""
    language, open_codes = translation.get_language(), open_language_codes()
    with translation.override(language if language in open_codes else open_codes[0]):
        inbox, choices = reverse("notifications:inbox"), reverse("notifications:choices")
    return {
        "inbox": absolute(inbox),
        "choices": absolute(choices),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "base_url": settings.BASE_URL,
        "language": language,
        "direction": direction(language),
    }


def headers(delivery: Delivery, told: Sequence[Bundle], stop: str) -> dict[str, str]:
    """Those by which mail programs sort, thread and unsubscribe (RFC 2919, 5322, 2369, 8058)."""
    words = told[0].words
    own = message_id("notifications", delivery.pk)
    found = {
        "Message-ID": own,
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    if delivery.frequency != AT_ONCE:
        return found | {"List-Id": list_id(f"{delivery.frequency}-digest")}
    # A mail about several events has a name of its own: that of one of them would hide the others.
    if words.message_id and len(told[0].notifications) == 1:
        found["Message-ID"] = words.message_id
    references = [each for each in words.references if each != found["Message-ID"]]
    if references:
        found |= {"In-Reply-To": references[-1], "References": " ".join(references)}
    return found | {"List-Id": list_id(words.list_name or told[0].kind.code)}


def list_id(name: str) -> str:
    return f"{settings.WAGTAIL_SITE_NAME} <{name.replace('_', '-')}.{site_host()}>"


def digest_subject(delivery: Delivery, told: Sequence[Bundle]) -> str:
    count = sum(len(bundle.notifications) for bundle in told)
    day = written_date(timezone.localtime(delivery.created_at).date())
    if delivery.frequency == DAILY:
        return ngettext(
            "Your day, %(day)s: %(count)s notification", "Your day, %(day)s: %(count)s notifications", count
        ) % {"day": day, "count": count}
    return ngettext(
        "Your week, %(day)s: %(count)s notification", "Your week, %(day)s: %(count)s notifications", count
    ) % {"day": day, "count": count}


def thing(bundle: Bundle, at_once: bool) -> dict:
    """A bundle for the templates, with full addresses. What is to be read stands whole in mails that go at once."""
    words = bundle.words
    lines = words.lines[:SHOWN_LINES]
    return {
        "title": words.title,
        "lang": words.lang,
        "dir": direction(words.lang),
        "url": absolute(words.address),
        "kind": bundle.kind.label,
        "lines": [
            {
                "text": line.text,
                "note": line.note,
                "url": absolute(line.address) if line.address != words.address else "",
                "quote": [] if at_once and line.whole else line.quote.splitlines(),
                "whole": line.whole.splitlines() if at_once else [],
                "whole_html": line.whole_html if at_once else "",
                "quote_lang": line.quote_lang,
                "quote_dir": direction(line.quote_lang),
            }
            for line in lines
        ],
        "more": more_lines(len(words.lines) - len(lines)),
    }


def more_lines(count: int) -> str:
    return "" if count <= 0 else _("and %(count)s more") % {"count": count}


def absolute(address: str) -> str:
    return settings.BASE_URL + address if address else ""
