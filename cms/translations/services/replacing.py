"""Another picture or file for one language. Like words, it is nobody's but the translators' until it is approved."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.translations.models import TranslationTask
from cms.translations.queries.media import choosable
from cms.translations.queries.texts import media_standings
from cms.translations.replacing import PICTURE, MediaStanding

from .claiming import keep_alive, lock_task
from .confirming import confirm_unchanged
from .counting import recount
from .drafting import SourceMoved, require_hand


class StaleChoice(Exception):
    """Somebody, or another window, chose another one meanwhile. Nothing was written."""


@transaction.atomic
def replace_medium(user: User, task_id: int, key: str, medium_id: int, *, seen: int) -> TranslationTask:
    """Let a picture or file stand in for the original's at a place. `seen`: the id of what stood there on the screen.

    Raises `SourceMoved`, `StaleChoice`, `ValidationError` for what the person may not choose, or what is none of the
    kind, and as `drafting.require_hand`.
    """
    task, standing = _to_write(user, task_id, key, seen)
    place = standing.place
    if not choosable(user, place.kind).filter(id=medium_id).exists():
        raise ValidationError(
            _("This picture is not among those you may choose from. Choose another.")
            if place.kind == PICTURE
            else _("This file is not among those you may choose from. Choose another.")
        )
    return _choose(task, standing, user, 0 if medium_id == place.id else medium_id)


@transaction.atomic
def take_the_original_s(user: User, task_id: int, key: str, *, seen: int) -> TranslationTask:
    """Back to what the original shows. Raises as `replace_medium`."""
    task, standing = _to_write(user, task_id, key, seen)
    return _choose(task, standing, user, 0)


@transaction.atomic
def keep_medium(user: User, task_id: int, key: str) -> TranslationTask:
    """The original shows another one now, and what the translation shows still fits.

    Of what readers have, that is a confirmation as of words; of what is not published yet, another choice of the same.
    Raises as `confirm_unchanged` and `replace_medium`.
    """
    task = lock_task(task_id)
    standing = _standing(task, key)
    if not standing.drafted:
        return confirm_unchanged(user, task_id, [key])
    require_hand(user, task)
    return _choose(task, standing, user, standing.chosen)


def _to_write(user: User, task_id: int, key: str, seen: int) -> tuple[TranslationTask, MediaStanding]:
    task = lock_task(task_id)
    require_hand(user, task)
    standing = _standing(task, key)
    if standing.now != seen:
        raise StaleChoice
    return task, standing


def _standing(task: TranslationTask, key: str) -> MediaStanding:
    found = next((each for each in media_standings(task) if each.place.key == key), None)
    if found is None:
        raise SourceMoved
    return found


def _choose(task: TranslationTask, standing: MediaStanding, user: User, medium_id: int) -> TranslationTask:
    place = standing.place
    choice = {
        "id": medium_id,
        "instead_of": place.id,
        "by": user.shown_name,
        "at": timezone.now().isoformat(timespec="seconds"),
    }
    others = {path: row for path, row in task.replacements.items() if path != place.path}
    task.replacements = others
    # What the translation would show anyway is no choice.
    before = next(each for each in media_standings(task) if each.place.path == place.path)
    if (medium_id, place.id) != (before.chosen, before.instead_of or place.id):
        task.replacements = {**others, place.path: choice}
    keep_alive(task)
    return recount(task)
