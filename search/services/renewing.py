"""Making entries anew, whatever becomes of one: what cannot be made is set aside, told of, and tried again later."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice

from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils import timezone

from search.models import Waiting
from search.registry import Source
from search.services.indexing import CHUNK, renew

logger = logging.getLogger("ancrage.search")

FIRST, LONGEST = timedelta(minutes=1), timedelta(days=1)  # before it is tried again
MANY = 1000  # failures that are counted


def renew_apart(source: Source, pks: Iterable[int]) -> list[int]:
    """Make the entries of some objects anew; those that could not be made, which are set aside."""
    return apart(source.name, pks, partial(renew, source))


def renew_all(source: Source) -> Iterator[int]:
    """Every entry of a source anew; gives how many objects are done. Entries of what is no more are withdrawn."""
    keys = source.keys()
    done = 0
    while chunk := list(islice(keys, CHUNK)):
        renew_apart(source, chunk)
        done += len(chunk)
        yield done


def apart(name: str, pks: Iterable[int], verb: Callable[[Sequence[int]], object]) -> list[int]:
    """Do `verb` to all at once; where that raises, to each by itself. Those it cannot be done to are set aside."""
    wanted = sorted(set(pks))
    try:
        verb(wanted)
    except Exception:
        logger.info("%s objects of %s are taken in one by one", len(wanted), name, exc_info=True)
    else:
        return []
    bad = []
    for pk in wanted:
        try:
            verb([pk])
        except Exception:
            logger.exception("%s:%s cannot be taken in by the search", name, pk)
            # Raises where it is the database that is at fault: nothing is done for others then either.
            set_aside(name, pk)
            bad.append(pk)
    return bad


@transaction.atomic
def set_aside(name: str, pk: int) -> None:
    """It is tried again later, each time a while longer; at once when it changes, for that is noted anew."""
    before = Waiting.objects.filter(source=name, object=pk, failures__gt=0)
    known = before.aggregate(failures=Max("failures"), since=Min("since"))
    failures = min((known["failures"] or 0) + 1, MANY)
    now = timezone.now()
    before.delete()
    Waiting.objects.create(
        source=name,
        object=pk,
        since=known["since"] or now,
        failures=failures,
        again_at=now + pause(failures),
    )


def pause(failures: int) -> timedelta:
    return min(LONGEST, FIRST * 2 ** min(failures - 1, 20))


def due() -> Q:
    return Q(again_at=None) | Q(again_at__lte=timezone.now())


def set_aside_before(objects: Mapping[str, set[int]]) -> set[int]:
    """Rows of what was set aside among `objects`, {source: ids}: when they are made, these are done with."""
    rows = Waiting.objects.filter(failures__gt=0, object__in=set().union(*objects.values()))
    return {
        key for key, source, pk in rows.values_list("pk", "source", "object") if pk in objects.get(source, ())
    }
