"""Beginning and ending to watch a page, a collection, a type or a language."""

from django.db import transaction

from cms.accounts.models import User
from cms.notifications.services import mark_read
from cms.wiki.models import Watch
from cms.wiki.models.watch import PAGE


@transaction.atomic
def watch(user, kind: str, key: str) -> None:
    """`user` is told of each publication of it from now on. Watching again changes nothing."""
    Watch.objects.update_or_create(user=user, kind=kind, key=key, defaults={"active": True})


@transaction.atomic
def unwatch(user, kind: str, key: str) -> bool:
    """`user` hears no more of it. False where they had stopped before, or never watched it.

    For a page this is remembered, and holds against whatever else of it they watch; what was not read or mailed
    yet is not told any more.
    """
    if kind != PAGE:
        deleted, _by_model = Watch.objects.filter(user=user, kind=kind, key=key).delete()
        return deleted > 0
    if Watch.objects.filter(user=user, kind=kind, key=key, active=False).exists():
        return False
    Watch.objects.update_or_create(user=user, kind=kind, key=key, defaults={"active": False})
    mark_read(user, about=f"page:{key}")
    return True


def watch_own(user: User, page_id: int) -> None:
    """Who wrote a page watches it, unless they have stopped by hand. One query."""
    Watch.objects.bulk_create([Watch(user=user, kind=PAGE, key=str(page_id))], ignore_conflicts=True)
