"""Reads the content files. See `content/README.md` for their format; nothing here touches the database."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

CONTENT = Path(__file__).parent / "content"
NAMESPACE = uuid.UUID("6c1b0b0e-5a57-4f0e-9d0e-2b8d3f6f1a55")
FOLDERS = (
    "themes",
    "territories",
    "organisations",
    "people",
    "glossary",
    "bibliography",
    "collections",
    "pages",
)

# What a field names: the folder of the files that its keys lead to.
KEYS = {
    "person": "people",
    "organisation": "organisations",
    "organisations": "organisations",
    "issuer": "organisations",
    "host_organisation": "organisations",
    "territory": "territories",
    "territories": "territories",
    "countries": "territories",
    "host_territory": "territories",
    "venue_territory": "territories",
    "themes": "themes",
    "collections": "collections",
    "bibliography": "bibliography",
    "document": "documents",
    "deepens": "documents",
    "parent_event": "documents",
    "event": "documents",
}

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the safe loader, in C where it is built


class ContentError(Exception):
    """A content file does not say what its format asks for. The message names the file."""


@dataclass(frozen=True)
class DemoDocument:
    key: str
    record: dict
    texts: dict[str, dict]  # by language code, the original first

    @property
    def original(self) -> str:
        return self.record["original"]


@dataclass
class DemoContent:
    home: dict
    documents: list[DemoDocument]
    entries: dict[str, dict[str, dict]] = field(default_factory=dict)  # folder -> key -> file
    wiki: dict = field(default_factory=dict)
    translations: dict = field(default_factory=dict)
    forum: dict = field(default_factory=dict)


def identity(kind: str, key: str) -> uuid.UUID:
    """The `translation_key` of a piece of the demo: always the same, so that a second run finds it."""
    return uuid.uuid5(NAMESPACE, f"{kind}/{key}")


def read_file(path: Path) -> dict:
    name = f"{path.parent.name}/{path.name}"
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - it is the safe one
    except FileNotFoundError as error:
        raise ContentError(f"{name} is missing") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ContentError(f"{name}: {error}") from error
    if not isinstance(content, dict):
        raise ContentError(f"{name}: a mapping is expected")
    return content


def read_content(folder: Path = CONTENT) -> DemoContent:
    """Read everything. Raises `ContentError` naming the first file that is wrong."""
    content = DemoContent(
        home=read_file(folder / "home.yaml"),
        documents=[],
        wiki=read_file(folder / "wiki.yaml"),
        translations=read_file(folder / "translations.yaml"),
        forum=read_forum(folder / "forum"),
    )
    for name in FOLDERS:
        content.entries[name] = {
            path.stem: read_file(path) for path in sorted((folder / name).glob("*.yaml"))
        }
    for path in sorted((folder / "documents").iterdir()):
        content.documents.append(read_document(path))
    content.documents.sort(key=lambda document: (str(document.record.get("date", "9999")), document.key))
    check_keys(content)
    return content


def read_forum(folder: Path) -> dict:
    """`members` and `categories` by their keys, and `topics` by the names of their files."""
    topics = {path.stem: read_file(path) for path in sorted((folder / "topics").glob("*.yaml"))}
    for key, topic in topics.items():
        for name in ("category", "language", "title", "posts"):
            if not topic.get(name):
                raise ContentError(f"topics/{key}.yaml: {name} is missing")
    return {
        "members": read_file(folder / "members.yaml"),
        "categories": read_file(folder / "categories.yaml"),
        "topics": topics,
    }


def read_document(path: Path) -> DemoDocument:
    record = read_file(path / "record.yaml")
    texts = {file.stem: read_file(file) for file in sorted(path.glob("*.yaml")) if file.stem != "record"}
    original = record.get("original")
    if original not in texts:
        raise ContentError(f"{path.name}: no text in its original language {original!r}")
    for code, text in texts.items():
        for name in ("title", "slug", "summary"):
            if not text.get(name):
                raise ContentError(f"{path.name}/{code}.yaml: {name} is missing")
        for name in (
            "proposals",
            "visited",
            "follow_ups",
            "sessions",
            "event_themes",
            "national_cases",
            "contributions",
        ):
            if len(record.get(name) or []) != len(text.get(name) or []):
                raise ContentError(f"{path.name}/{code}.yaml: {name} has another length than in record.yaml")
    ordered = {original: texts[original], **texts}
    return DemoDocument(path.name, record, ordered)


def named_keys(file: dict) -> Iterator[tuple[str, str]]:
    """The keys by which a file names others, as (folder, key). Texts are not looked into."""
    for name, folder in KEYS.items():
        value = file.get(name)
        for key in value if isinstance(value, list) else [value]:
            if isinstance(key, str) and key != "none":
                yield folder, key
    for name in ("contributors", "organisations", "relations", "visited", "national_cases", "contributions"):
        for row in file.get(name) or []:
            if isinstance(row, dict):
                yield from named_keys(row)
    if isinstance(file.get("provenance"), dict):
        yield from named_keys(file["provenance"])


def check_keys(content: DemoContent) -> None:
    """Every key leads to a file. Raises `ContentError` naming the file that holds a stray one."""
    there = {folder: set(files) for folder, files in content.entries.items()}
    there["documents"] = {document.key for document in content.documents}
    files = [(f"documents/{document.key}/record.yaml", document.record) for document in content.documents]
    for folder in ("organisations", "people"):
        files += [(f"{folder}/{key}.yaml", file) for key, file in content.entries[folder].items()]
    for folder in ("themes", "territories"):
        for key, file in content.entries[folder].items():
            if file.get("parent") and file["parent"] not in there[folder]:
                raise ContentError(f"{folder}/{key}.yaml: there is no {folder}/{file['parent']}.yaml")
    for part in ("histories", "waiting", "suggestions"):
        files += [("wiki.yaml", one) for one in content.wiki[part]]
    for name, file in files:
        for folder, key in named_keys(file):
            if key not in there[folder]:
                raise ContentError(f"{name}: there is no {folder}/{key}")


def parse_date(value) -> tuple[date | None, str]:
    """`2008`, `2008-05` or `2008-05-17` as a date and its precision; (None, "unknown") for nothing."""
    if value in (None, "", "unknown"):
        return None, "unknown"
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", str(value))
    if not match:
        raise ContentError(f"{value!r} is not a date")
    year, month, day = match.groups()
    precision = "day" if day else "month" if month else "year"
    return date(int(year), int(month or 1), int(day or 1)), precision


def parse_day(value) -> date | None:
    """The day, where it is known to the day; else None, so that no page shows a day nobody gave."""
    day, precision = parse_date(value)
    return day if precision == "day" else None
