"""Work on images outside the request."""

import logging

from django_tasks import task

from cms.media.models import Picture
from cms.media.renditions import reading_specs

log = logging.getLogger("ancrage.media")


@task()
def make_renditions(picture_id: int) -> int:
    """Make the sizes readers get of a picture that do not exist yet. Returns how many there are."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return 0
    try:
        return len(picture.get_renditions(*reading_specs()))
    except OSError:
        log.warning("the file of image %s is gone or damaged", picture_id)
        return 0
