"""What /readyz says of the search server: "late", never "down", for the database answers in its place."""

from datetime import timedelta

from django.utils import timezone

from cms.core.health import Fault
from search.backends import front
from search.backends.server import ServerAway
from search.models import Pending

LATE = timedelta(minutes=5)  # that a change has waited to be told


def check_search_server() -> None:
    there = front.server()
    if there is None:
        return
    if not front.breaker.closed:
        raise Fault(f"the search server does not answer: the database does, {waiting()}")
    try:
        built = there.indexes_of(there.alias)
    except ServerAway as error:
        front.breaker.went_wrong()
        raise Fault(f"the search server does not answer: the database does, {waiting()}") from error
    if not built:
        raise Fault("there is no index of this version: run manage.py update_index; the database answers")
    if Pending.objects.filter(since__lt=timezone.now() - LATE).exists():
        raise Fault("changes have waited for more than five minutes")


def waiting() -> str:
    number = Pending.objects.count()
    return f"{number} changes wait" if number else "no changes wait"
