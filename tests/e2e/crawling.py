"""Follows every internal link of the demo, and fetches everything its pages load."""

import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urljoin, urlsplit

from tests.e2e.web import Answer, Reader

LANGUAGES = ("en", "fr", "es")
READERS = 4
# Combinations of filters are without number: of each address (in one language) this many are followed.
QUERIES_OF_ONE_ADDRESS = 25
# Other people's doors: they are asked once and must not be broken, but are not followed.
DOORS = re.compile(
    r"/admin/|/accounts/|/../me/|/../wiki/\d+/(?:edit|watch|revert/\d+)/"
    r"|/../forum/(?:[^?]*/)?(?:follow|new|read|quote|report|translate|edit|delete|mark|moderate|review)/"
)
# Of posts and members, the same for ever: they lead to wherever these are now; and to the discussion of a page.
FOR_EVER = re.compile(r"/forum/[pm]/\d+/|/../forum/about/\d+/")
IMPORTS = re.compile(r"""(?:^|[\s;}])(?:import|export)\b[^"';]*?["'](\.{1,2}/[^"']+)["']""")
STYLE_PARTS = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')#]+)""")


@dataclass
class Site:
    """What a crawl found, once it has ended. `found_on` names the page that first linked to an address."""

    base_url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    files: dict[str, Answer] = field(default_factory=dict)
    found_on: dict[str, str] = field(default_factory=dict)

    @cached_property
    def pages(self) -> dict[str, Answer]:
        return {path: one for path, one in self.answers.items() if one.status == 200 and one.is_html}

    @cached_property
    def public_pages(self) -> dict[str, Answer]:
        """Pages that are the same for everyone: no account's, no form's."""
        return {path: one for path, one in self.pages.items() if not is_personal(path)}

    def files_of(self, path: str) -> set[str]:
        """Style sheets and scripts of a page, with what these load themselves."""
        page = self.answers[path].page
        wanted = [page.internal(href, self.base_url) for href in [*page.styles, *page.scripts]]
        found: set[str] = set()
        while wanted:
            file = wanted.pop()
            if file and file not in found:
                found.add(file)
                wanted += parts_of(self.files[file]) if file in self.files else []
        return {file for file in found if file.endswith((".css", ".js"))}


def is_personal(path: str) -> bool:
    return (
        bool(DOORS.match(path) or FOR_EVER.match(path))
        or "/reply/" in path
        or "/suggest/" in path
        or "/request-translation/" in path
    )


def parts_of(file: Answer) -> list[str]:
    """What a style sheet or a module loads itself, as paths."""
    if file.status != 200:
        return []
    pattern = {".css": STYLE_PARTS, ".js": IMPORTS}.get(file.path[file.path.rfind(".") :])
    return [urlsplit(urljoin(file.path, part)).path for part in pattern.findall(file.text)] if pattern else []


class Crawl:
    def __init__(self, base_url: str):
        self.site = Site(base_url)
        self.waiting: list[tuple[str, str]] = []  # (kind, path)
        self.asked: set[str] = set()
        self.queries: Counter = Counter()
        self.changed = threading.Condition()
        self.busy = 0
        self.fault: BaseException | None = None

    def run(self) -> Site:
        for code in LANGUAGES:
            self.want("page", f"/{code}/", "the start")
        readers = [threading.Thread(target=self.work, daemon=True) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        if self.fault:
            raise self.fault
        return self.site

    def want(self, kind: str, path: str | None, found_on: str) -> None:
        if path is None or path in self.asked:
            return
        address, _, query = path.partition("?")
        if DOORS.match(address):
            # One log-in per page ("?next=…") says nothing new.
            path = address
            if path in self.asked:
                return
        elif query:
            if self.queries[address] >= QUERIES_OF_ONE_ADDRESS:
                return
            self.queries[address] += 1
        self.asked.add(path)
        self.site.found_on[path] = found_on
        self.waiting.append((kind, path))

    def work(self) -> None:
        reader = Reader(urlsplit(self.site.base_url).netloc)
        try:
            while (job := self.next_job()) is not None:
                kind, path = job
                answer = reader.get(path)
                found = self.read(kind, answer)
                with self.changed:
                    (self.site.answers if kind == "page" else self.site.files)[path] = answer
                    for wanted in found:
                        self.want(*wanted, path)
                    self.busy -= 1
                    self.changed.notify_all()
        except BaseException as fault:  # shown by the thread that waits
            with self.changed:
                self.fault = fault
                self.busy = 0
                self.waiting.clear()
                self.changed.notify_all()
        finally:
            reader.close()

    def next_job(self) -> tuple[str, str] | None:
        with self.changed:
            while not self.waiting:
                if not self.busy:
                    return None
                self.changed.wait()
            self.busy += 1
            return self.waiting.pop(0)

    def read(self, kind: str, answer: Answer) -> list[tuple[str, str | None]]:
        base = self.site.base_url
        if kind == "file":
            return [("file", part) for part in parts_of(answer)]
        if answer.status in {301, 302, 303, 307, 308}:
            target = urljoin(base + answer.path, answer.location)
            return [("page", target.removeprefix(base) or "/")] if target.startswith(base) else []
        if answer.status != 200 or not answer.is_html:
            return []
        page = answer.page
        loaded = [*page.images, *page.styles, *page.scripts]
        found: list = [("file", page.internal(href, base)) for href in loaded]
        if not DOORS.match(answer.path):
            found += [(kind_of(href), page.internal(href, base)) for href in page.links]
            named = [*page.alternates.values(), page.canonical]
            found += [("page", page.internal(href, base)) for href in named]
        return found


def kind_of(href: str) -> str:
    return "file" if unquote(href).startswith(("/media/", "/static/", "/files/")) else "page"
