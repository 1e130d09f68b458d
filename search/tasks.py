"""The search's work outside the request.

Services are imported within the tasks: they enqueue these themselves (`read_attached`), and begin to exist after them.
"""

from django_tasks import task


@task(priority=60)
def take_in_changes() -> None:
    """Make entries anew whose objects changed: before other work, so that what is published is found at once."""
    from search.services.waiting import catch_up

    catch_up()


@task(priority=-20)
def read_attached(attachment_id: int) -> None:
    """Read a file that a page shows, and take the page in again: after other work, it can take a while."""
    from search.services.files import read_file
    from search.services.waiting import catch_up

    read_file(attachment_id)
    catch_up()
