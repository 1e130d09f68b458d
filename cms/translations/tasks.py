"""Work on translations outside the request."""

from django.db import transaction
from django_tasks import task

from cms.translations.models import TranslationTask
from cms.translations.services import works
from cms.translations.services.library import share_with_library


@task()
def renew_work(content_type_id: int, object_id: int) -> None:
    """Take the text of an original into the queue, as it is public now."""
    works.renew_work(content_type_id, object_id)


@task()
def share_translation(task_id: int) -> int:
    """Hand a published translation to the translation library. Returns how many segments it took."""
    with transaction.atomic():
        found = (
            TranslationTask.objects.select_related("work", "target_locale", "baseline")
            .filter(pk=task_id)
            .first()
        )
        return share_with_library(found) if found is not None else 0
