"""Why somebody may not write, in words, with until when and why it was decided so."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.dates import written_date
from forum.errors import WORDS
from forum.models import Sanction
from forum.rules import Refusal

OF_SANCTION = {Refusal.SILENCED: Sanction.SILENCE, Refusal.SUSPENDED: Sanction.SUSPENSION}


def refusal_words(refusal: str, user) -> str:
    """One query where somebody is silenced or suspended, else none."""
    said = str(WORDS[refusal])
    kind = OF_SANCTION.get(refusal)
    if kind is None or user is None:
        return said
    now = timezone.now()
    sanction = (
        Sanction.objects.filter(user=user, kind=kind, lifted_at=None, until__gt=now)
        .order_by("-until")
        .first()
    )
    if sanction is None:
        return said
    local = timezone.localtime(sanction.until)
    until = f"{written_date(local.date())}, {local:%H:%M}"
    return " ".join(
        [
            said,
            _("Until: %(moment)s.") % {"moment": until},
            _("Why: %(reason)s") % {"reason": sanction.reason},
        ]
    )
