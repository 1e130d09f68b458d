"""Keeping a comparison, so that the next reader need not wait for it."""

import logging
from datetime import timedelta

from django.db import DatabaseError
from django.utils import timezone

from cms.wiki.diffs import PageDiff, to_json
from cms.wiki.models import KeptDiff

logger = logging.getLogger("ancrage.wiki")
KEPT_FOR = timedelta(days=180)


def keep_diff(old: int, new: int, diff: PageDiff) -> None:
    """Keep the comparison of two copies. One that cannot be kept (a locked database) is made again next time."""
    try:
        # In one statement, whoever else has just computed the same.
        KeptDiff.objects.bulk_create(
            [KeptDiff(old_id=old, new_id=new, diff=to_json(diff))],
            update_conflicts=True,
            unique_fields=["old", "new"],
            update_fields=["diff"],
        )
    except DatabaseError:
        logger.warning("the comparison %s…%s could not be kept", old, new, exc_info=True)


def forget_old_comparisons() -> int:
    """Any two versions can be compared: what nobody asked for lately need not be kept. Made anew when asked."""
    count, _rows = KeptDiff.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
    return count
