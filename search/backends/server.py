"""What the backends of Elasticsearch and OpenSearch share: an engine over one index of entries, and writing to it.

Names on the server: `PREFIX-entries-MADE_FOR` is an alias of the index that is asked, `…-next` one of the index that
is being built. Everything is written through them and nothing but them: an index that is gone is never made by a
write. Versions are those of the entries: a write that comes late or twice changes nothing.
"""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from django.utils.crypto import get_random_string
from modelsearch.backends.elasticsearchbase import ElasticsearchBaseIndex, ElasticsearchBaseMapping

from search.backends.analysers import index_settings, made_for, mapping
from search.backends.answers import Reading
from search.backends.documents import document
from search.backends.parcels import Withdrawn, parcels
from search.backends.searches import Search, all_at_once, any_found, in_own_language, more, searches
from search.engines import Asked, Hits
from search.models import Entry

logger = logging.getLogger("ancrage.search")

ASKING, WRITING, ARRANGING = 2.0, 60.0, 30.0  # seconds that a server is waited for
AT_ONCE = 60  # so few are found at once; more, within a second, if nobody needs them sooner
LATER, GONE = 409, 404


class ServerAway(Exception):
    """It does not answer, or says that it cannot now."""


class NoIndex(ServerAway):
    """It answers, and has no index of ours."""


class Refused(Exception):
    """It answers that what was asked cannot be: a fault of ours."""


class EntryMapping(ElasticsearchBaseMapping):
    def get_mapping(self) -> dict[str, Any]:
        return mapping()

    def get_document(self, obj: Entry) -> dict[str, Any]:
        return document(obj)


class EntryIndex(ElasticsearchBaseIndex):
    """The index of entries, by its alias."""

    backend: "ServerBackend"

    def add_model(self, model: Any) -> None:
        """It was made with its mapping."""

    def add_item(self, item: Entry) -> None:
        self.add_items(type(item), [item])

    def add_items(self, model: Any, items: Iterable[Entry]) -> None:
        self.backend.write(self.name, items)

    def delete_item(self, item: Entry) -> None:
        self.backend.write(self.name, [Withdrawn(item.pk, item.version + 1)])

    def put(self) -> None:
        self.backend.make_index(self.name)

    def delete(self) -> None:
        for name in self.backend.indexes_of(self.name):
            self.backend.call("DELETE", f"/{name}", timeout=ARRANGING)

    def refresh(self) -> None:
        self.backend.refresh(self.name)

    def exists(self) -> bool:
        return bool(self.backend.indexes_of(self.name))


class ServerBackend:
    """Mixed into a backend of `modelsearch`, which brings the client (`es`) and its settings."""

    name = ""
    mapping_class = EntryMapping
    index_class = EntryIndex
    index_prefix: str
    es: Any

    def __init__(self, params: Mapping[str, Any]) -> None:
        # A question is one request: whether to ask again is for `search.breaker`, and for those who tell it of changes.
        once = {"OPTIONS": {**params.get("OPTIONS", {}), "max_retries": 0}}
        super().__init__({**params, **once})  # type: ignore[call-arg]

    def perform(self, method: str, path: str, body: Any, content_type: str, timeout: float) -> Any:
        """The client's own request: returns what was answered, read. Raises `ServerAway`, `NoIndex`, `Refused`.

        Each backend has its own.
        """
        raise NotImplementedError

    def call(self, method: str, path: str, body: Any = None, *, timeout: float | None = None) -> Any:
        """`body`: a dictionary, or the lines of a request that has many. `timeout`: `ASKING`, if none is given."""
        kind = "application/x-ndjson" if isinstance(body, str) else "application/json"
        return self.perform(method, path, body, kind, ASKING if timeout is None else timeout)

    @property
    def alias(self) -> str:
        return f"{self.index_prefix}-entries-{made_for()}"

    @property
    def next_alias(self) -> str:
        return f"{self.alias}-next"

    def get_index_for_model(self, model: Any) -> EntryIndex:
        return self.index_class(self, self.alias)

    # Asking

    def answer(self, asked: Asked, without: Iterable[int] = ()) -> Hits:
        """One round trip; a second one where there is more than was looked at, and it matters: topics with many posts
        each, works that would be shown in another language than the reader's. `without`: ids of entries that were
        withdrawn, and that the index may still hold.
        """
        left_out = tuple(without)
        reading = self._read(Reading(asked), searches(asked, left_out))
        again = [more(asked, section, left_out) for section in reading.too_short()]
        if works := reading.in_other_languages():
            again.append(in_own_language(asked, left_out, works))
        if again:
            reading.asked_again = True
            self._read(reading, again)
        return reading.hits(self.name)

    def answer_otherwise(
        self, wider: Sequence[Asked], tries: Sequence[Asked], without: Iterable[int] = ()
    ) -> tuple[list[Hits], int | None]:
        """(the answers to `wider`, the place of the first of `tries` that finds anything). One round trip."""
        left_out = tuple(without)
        asking = [all_at_once(asked, left_out) for asked in wider]
        looking = [any_found(asked, left_out) for asked in tries]
        answers = self.search_all([each.body for each in [*chain.from_iterable(asking), *looking]])
        hits = []
        for asked, group in zip(wider, asking, strict=True):
            reading = Reading(asked)
            for search in group:
                reading.take(search, answers.pop(0))
            hits.append(reading.hits(self.name))
        finding = (at for at, answer in enumerate(answers) if answer["hits"]["hits"])
        return hits, next(finding, None)

    def _read(self, reading: Reading, asking: Sequence[Search]) -> Reading:
        for search, answer in zip(asking, self.search_all([each.body for each in asking]), strict=True):
            reading.take(search, answer)
        return reading

    def search_all(self, bodies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        # The moment of asking is part of a question: kept, an answer would be of use within the same second only.
        head = json.dumps({"request_cache": False})
        lines = "".join(f"{head}\n{json.dumps(body)}\n" for body in bodies)
        answers = self.call("POST", f"/{self.alias}/_msearch", lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise_for(answer.get("status", 500), json.dumps(answer["error"])[:500])
        return answers

    # Writing

    def write(self, alias: str, changes: Iterable[Entry | Withdrawn], *, at_once: bool = False) -> int:
        """Write what changed, some megabytes at a time; return how many were written or already newer there.

        `at_once`: searches know of all of it when this returns. An entry that the server refuses is logged and taken
        out of the index: a comparison names it as missing. Raises `NoIndex` where nothing has that name.
        """
        written = 0
        for lines, parcel in parcels(changes):
            now = "true" if at_once or len(parcel) <= AT_ONCE else "false"
            path = f"/{alias}/_bulk?require_alias=true&refresh={now}"
            items = self.call("POST", path, lines, timeout=WRITING)["items"]
            refused = []
            for change, item in zip(parcel, items, strict=True):
                try:
                    written += self._written(item)
                except Refused as error:
                    if isinstance(change, Withdrawn):
                        raise
                    logger.error("%s refuses an entry, nobody finds it there: %s", self.name, error)
                    refused.append(Withdrawn(change.pk, change.version))
            self.write(alias, refused, at_once=at_once)
        return written

    def _written(self, item: Mapping[str, Any]) -> bool:
        ((verb, outcome),) = item.items()
        status = outcome["status"]
        if status < 300 or status == LATER:
            return True
        if status == GONE:
            if "error" not in outcome:  # what was to be deleted is not there
                return True
            raise NoIndex(str(outcome["error"])[:200])
        raise_for(status, f"{verb} {outcome.get('_id')}: {outcome.get('error')}"[:500])
        return False

    # Arranging

    def make_index(self, alias: str) -> str:
        """A new empty index under that alias alone; returns its name."""
        name = f"{alias.removesuffix('-next')}-{get_random_string(8).lower()}"
        self.call(
            "PUT",
            f"/{name}",
            {"settings": index_settings(), "mappings": mapping(), "aliases": {alias: {}}},
            timeout=ARRANGING,
        )
        return name

    def indexes_of(self, alias: str, timeout: float = ARRANGING) -> list[str]:
        rows = self.call("GET", f"/_cat/aliases/{alias}?format=json&h=index", timeout=timeout)
        return sorted({row["index"] for row in rows})

    def indexes(self) -> list[str]:
        """All of ours, whatever they were made for."""
        path = f"/_cat/indices/{self.index_prefix}-entries-*?format=json&h=index"
        return sorted(row["index"] for row in self.call("GET", path, timeout=ARRANGING))

    def put_in_place(self, name: str) -> None:
        """The index that was built is asked from now on; all others of ours are taken away. In one step."""
        others: list[dict[str, Any]] = [
            {"remove_index": {"index": other}} for other in self.indexes() if other != name
        ]
        swap = [
            {"remove": {"index": name, "alias": self.next_alias}},
            {"add": {"index": name, "alias": self.alias}},
        ]
        self.call("POST", "/_aliases", {"actions": [*swap, *others]}, timeout=ARRANGING)

    def drop(self, name: str) -> None:
        try:
            self.call("DELETE", f"/{name}", timeout=ARRANGING)
        except NoIndex:
            logger.info("the index %s was gone already", name)

    # Comparing

    def versions_between(self, after: int, upto: int | None, limit: int) -> dict[int, int]:
        """key → version of what the index holds of the keys in (after, upto], the lowest first, at most `limit`."""
        bounds = {"gt": after} | ({} if upto is None else {"lte": upto})
        return self._versions({"range": {"key": bounds}}, limit)

    def versions_of(self, keys: Sequence[int]) -> dict[int, int]:
        """key → version of those of `keys`, some thousands at most, that the index holds."""
        return self._versions({"terms": {"key": list(keys)}}, len(keys))

    def _versions(self, query: Mapping[str, Any], limit: int) -> dict[int, int]:
        body = {
            "size": limit,
            "version": True,
            "query": {"bool": {"filter": query}},
            "sort": [{"key": "asc"}],
            "docvalue_fields": ["key"],
        }
        found = self.call("POST", f"/{self.alias}/_search", body, timeout=ARRANGING)["hits"]["hits"]
        return {int(row["fields"]["key"][0]): int(row["_version"]) for row in found}

    def settle(self, name: str) -> None:
        """After very many were written: one index in place of many pieces. Who asks it need not wait for it, and a
        server that takes longer than we wait goes on by itself.
        """
        with suppress(ServerAway):
            self.call("POST", f"/{name}/_forcemerge?max_num_segments=1", timeout=WRITING)

    def refresh(self, name: str = "") -> None:
        """What was written to the index can be found."""
        self.call("POST", f"/{name or self.alias}/_refresh", timeout=ARRANGING)


def raise_for(status: int, why: str) -> None:
    if status == GONE:
        raise NoIndex(why)
    if status >= 500 or status == 429:
        raise ServerAway(why)
    raise Refused(f"{status}: {why}")
