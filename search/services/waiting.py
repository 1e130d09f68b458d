"""Taking in what changed: rows of `search_waiting`, written by the database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from django.db.models import Q, QuerySet
from wagtail.models import Page

from cms.taxonomy.models import Organisation, Person, Territory, Theme
from forum.models import Post, PostTranslation
from initiatives.models import Collection, Document
from search.models import Waiting
from search.registry import sources
from search.services.indexing import CHUNK
from search.services.renewing import apart, due, renew_apart, set_aside_before
from search.sources.attached import pages_showing

AT_A_TIME = 500


def catch_up() -> int:
    """Make anew whatever waits; how many changes that were. A change made meanwhile waits for the next time.

    What cannot be made is set aside, and holds up nothing else (`search.services.renewing`).
    """
    done = 0
    rows = Waiting.objects.order_by("pk").values_list("pk", "source", "object")
    while taken := list(rows.filter(due())[:AT_A_TIME]):
        objects: dict[str, set[int]] = defaultdict(set)
        for _pk, source, key in taken:
            objects[source].add(key)
        told = {pk for pk, _source, _key in taken} | set_aside_before(objects)
        for name, keys in objects.items():
            renew_with_dependants(name, keys)
        Waiting.objects.filter(pk__in=told).delete()
        done += len(taken)
    return done


def renew_with_dependants(name: str, keys: set[int]) -> None:
    known = {source.name: source for source in sources()}
    if name in known:
        renew_apart(known[name], keys)
    apart(name, keys, partial(renew_dependants, name))


def renew_dependants(name: str, keys: Iterable[int]) -> None:
    known = {source.name: source for source in sources()}
    for dependant, query in dependants(name, keys):
        found = iter(query.order_by().distinct().values_list("pk", flat=True).iterator())
        for chunk in chunks(found):
            renew_apart(known[dependant], chunk)


def dependants(name: str, keys: Iterable[int]) -> Iterator[tuple[str, QuerySet]]:
    """(source, objects) whose entries say something of these: names, titles, keys of facets."""
    if name == "topic":
        yield "post", Post.objects.filter(topic__in=keys)
        yield "translation", PostTranslation.objects.filter(post__topic__in=keys)
    elif name == "category":
        yield "post", Post.objects.filter(topic__category__in=keys)
        yield "translation", PostTranslation.objects.filter(post__topic__category__in=keys)
    elif name == "post":
        yield "translation", PostTranslation.objects.filter(post__in=keys)
    elif name == "page":
        twins = Collection.objects.filter(translation_key__in=_works(Collection, keys))
        yield "page", Document.objects.filter(collections__in=twins)
    elif name == "file":
        yield "page", Page.objects.filter(pk__in=pages_showing(keys))
    elif name == "theme":
        yield "page", Document.objects.filter(themes__in=_twins(Theme, keys))
    elif name == "territory":
        yield "page", Document.objects.filter(territories__territory__in=_twins(Territory, keys))
        for source, model in (("person", Person), ("organisation", Organisation)):
            yield source, model.objects.filter(territory__in=_twins(Territory, keys))
    elif name == "person":
        yield "page", Document.objects.filter(contributors__person__in=keys)
    elif name == "organisation":
        yield "page", Document.objects.filter(organisations__organisation__in=keys)


def _works(model, keys: Iterable[int]):
    return model.objects.filter(pk__in=keys).values("translation_key")


def _twins(model, keys: Iterable[int]):
    """The same in all languages, and what stands below it in its tree."""
    rows = model.objects.filter(translation_key__in=_works(model, keys))
    below = Q(pk__in=rows)
    for depth in range(1, 6):
        below |= Q(**{"__".join(["parent"] * depth) + "__in": rows})
    return model.objects.filter(below)


def chunks(found: Iterator[int]) -> Iterator[list[int]]:
    while chunk := list(islice(found, CHUNK)):
        yield chunk


def waiting_now() -> list[int]:
    """All that waits. By their ids, not up to the last: a transaction under way has lower ones, and changes that are
    not to be seen yet.
    """
    return list(Waiting.objects.values_list("pk", flat=True).iterator(chunk_size=2000))


def forget_waiting(rows: list[int]) -> None:
    """Of what was made anew meanwhile. What could not be made has a new row."""
    for at in range(0, len(rows), AT_A_TIME):
        Waiting.objects.filter(pk__in=rows[at : at + AT_A_TIME]).delete()
