"""The search's work outside the request."""

from django_tasks import task


@task(priority=60)
def take_in_changes() -> None:
    """Make entries anew whose objects changed: before other work, so that what is published is found at once."""
    from search.services.waiting import catch_up

    catch_up()
