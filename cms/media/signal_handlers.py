"""What follows an upload."""

from functools import partial

from django.db import transaction

from cms.media.tasks import make_renditions


def on_picture_saved(sender, instance, created, raw=False, **kwargs) -> None:
    if created and not raw:
        transaction.on_commit(partial(make_renditions.enqueue, instance.pk))
