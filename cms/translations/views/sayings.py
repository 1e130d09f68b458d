"""What is said when something could not be done: what happened, and what to do now."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.translations.outlets import NoParentYet
from cms.translations.services.claiming import AlreadyClaimed, NotInReach
from cms.translations.services.composing import Incomplete
from cms.translations.services.drafting import NotHolder, SourceMoved, StaleSegment
from cms.translations.services.replacing import StaleChoice
from cms.translations.services.submitting import DecidedMeanwhile, Faulty, NothingToSubmit
from cms.translations.services.works import SourceGone
from cms.wiki.services import AlreadyDecided, Conflict, NothingChanged, Protected, TextUnderWay

# What the verbs of translating raise, and a screen has words for.
KNOWN = (
    AlreadyClaimed,
    AlreadyDecided,
    Conflict,
    DecidedMeanwhile,
    Faulty,
    Incomplete,
    NoParentYet,
    NotHolder,
    NotInReach,
    NothingChanged,
    NothingToSubmit,
    PermissionDenied,
    Protected,
    SourceGone,
    SourceMoved,
    StaleChoice,
    StaleSegment,
    TextUnderWay,
    ValidationError,
)


def in_words(error: Exception) -> str:
    """One or two sentences. `error` is one of `KNOWN`."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, Incomplete):
        number = len(error.keys)
        return ngettext(
            "%(number)s segment has no translation yet. It is marked below.",
            "%(number)s segments have no translation yet. They are marked below.",
            number,
        ) % {"number": number}
    if isinstance(error, Faulty):
        number = len(error.findings)
        return ngettext(
            "The checks found an error in %(number)s segment. Correct it, then submit again.",
            "The checks found errors in %(number)s segments. Correct them, then submit again.",
            number,
        ) % {"number": number}
    if isinstance(error, NotHolder):
        return _not_holder(error)
    if isinstance(error, NoParentYet):
        return _(
            "The page above, “%(title)s”, does not exist in this language yet. Translate and publish it first; "
            "what you wrote here is kept."
        ) % {"title": error.title}
    return _plain()[next(kind for kind in _plain() if isinstance(error, kind))]


def _not_holder(error: NotHolder | AlreadyClaimed) -> str:
    holder = error.task.assignee
    if holder is None:
        return _(
            "Nobody has claimed this translation. Claim it, then go on writing: what you typed stays here."
        )
    return _(
        "%(name)s has claimed this translation, so nothing is saved from here. Ask them to hand it over; what you "
        "typed stays on this screen until you leave it."
    ) % {"name": holder.shown_name}


def _plain() -> dict[type[Exception], str]:
    decided = _("Somebody decided on it meanwhile, or it was taken back. Nothing more was done.")
    return {
        AlreadyClaimed: _("Somebody else has claimed this translation meanwhile."),
        StaleSegment: _("This segment was saved by somebody else, or in another window, meanwhile."),
        StaleChoice: _(
            "Another one was chosen here meanwhile, by somebody else or in another window. Look at it, then choose again."
        ),
        SourceMoved: _(
            "The original was published anew, and no longer has this segment. Copy what you wrote, then load the "
            "page again to see what it says now."
        ),
        SourceGone: _(
            "The original was taken down or deleted. Nothing can be published from it now; what you wrote is kept, "
            "and is here again when the original is."
        ),
        NotInReach: _(
            "This cannot be worked on now: it is in review, or its original is no longer public. Load the page "
            "again to see how it stands."
        ),
        NothingToSubmit: _(
            "The translation says exactly what readers see already: there is nothing to submit."
        ),
        NothingChanged: _(
            "The translation says exactly what readers see already: there is nothing to submit."
        ),
        TextUnderWay: _(
            "You have another text of this page under way, written in the page's own editor. Submit or discard "
            "that one first; it is on your desk."
        ),
        Conflict: _(
            "The translated page itself was changed in the same places meanwhile. Load the page again: it shows "
            "what readers see now."
        ),
        Protected: _("The page is locked: its protection has to be lifted first. Nothing was decided."),
        AlreadyDecided: decided,
        DecidedMeanwhile: decided,
        PermissionDenied: _("This is not for you to do. Nothing was changed."),
    }
