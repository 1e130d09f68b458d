"""What /readyz says of the search: "late", never "down"; a server's place the database takes."""

from datetime import timedelta

from django.utils import timezone

from cms.core.health import Fault
from search.backends import front
from search.backends.server import ASKING, ServerAway
from search.models import Pending, Waiting

LATE = timedelta(minutes=5)  # that a change has waited to be found, or to be told to the server
REPEATEDLY = 2  # failures, before somebody is to look


def check_entries_keep_up() -> None:
    """Whether what changed is found, whatever engine answers."""
    if failing := Waiting.objects.filter(failures__gte=REPEATEDLY).count():
        raise Fault(f"{failing} objects cannot be taken in: manage.py check_search names them")
    if Waiting.objects.filter(failures=0, since__lt=timezone.now() - LATE).exists():
        raise Fault("changes have waited for more than five minutes to be found")


def check_search_server() -> None:
    there = front.server()
    if there is None:
        return
    # It asks as pages do, for as long and after the same pauses: who looks must not wait for a server that hangs, and
    # sees that it is back though nobody searches in this process.
    if not front.breaker.lets_through():
        raise Fault(f"the search server does not answer: the database does, {waiting()}")
    try:
        built = there.indexes_of(there.alias, ASKING)
    except ServerAway as error:
        front.breaker.went_wrong()
        raise Fault(f"the search server does not answer: the database does, {waiting()}") from error
    except BaseException:
        front.breaker.leave()
        raise
    front.breaker.went_well()
    if not built:
        raise Fault("there is no index of this version: run manage.py update_index; the database answers")
    if Pending.objects.filter(since__lt=timezone.now() - LATE).exists():
        raise Fault("changes have waited for more than five minutes")


def waiting() -> str:
    number = Pending.objects.count()
    return f"{number} changes wait" if number else "no changes wait"
