"""The text of a file, in a process of its own: `python -m search.extracting KIND PATH` writes it to its output.

Files come from people and may be made to do harm: the process has little time and memory, opens nothing but this file,
and its end is nobody else's. Imports neither Django nor anything of the site.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

MOST_TEXT = 120_000  # characters that are looked through
MOST_PAGES = 2_000
SECONDS, MEMORY = 30, 1 << 30
NO_TEXT, LOCKED, DAMAGED = 3, 4, 5  # how the process ends


class Locked(Exception):
    """It opens with a password only."""


def of_pdf(path: str) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Locked
    for page in islice(reader.pages, MOST_PAGES):
        yield page.extract_text()


def of_docx(path: str) -> Iterator[str]:
    from docx import Document
    from docx.table import Table

    def blocks(holder) -> Iterator[str]:
        for block in holder.iter_inner_content():
            if isinstance(block, Table):
                for row in block.rows:
                    for cell in row.cells:
                        yield from blocks(cell)
            else:
                yield block.text

    return blocks(Document(path))


def of_pptx(path: str) -> Iterator[str]:
    from pptx import Presentation

    def texts(shapes: Iterable) -> Iterator[str]:
        for shape in shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            elif getattr(shape, "has_table", False) and shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
            elif hasattr(shape, "shapes"):
                yield from texts(shape.shapes)

    for slide in Presentation(path).slides:
        yield from texts(slide.shapes)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            yield slide.notes_slide.notes_text_frame.text


def of_opendocument(path: str) -> Iterator[str]:
    from odfdo import Document

    yield Document(path).get_formatted_text()


def of_text(path: str) -> Iterator[str]:
    with open(path, encoding="utf-8", errors="replace") as file:
        yield file.read(MOST_TEXT)


READERS: dict[str, Callable[[str], Iterator[str]]] = {
    "pdf": of_pdf,
    "docx": of_docx,
    "pptx": of_pptx,
    "odt": of_opendocument,
    "odp": of_opendocument,
    "txt": of_text,
}


def text_of(kind: str, path: str) -> str:
    """At most `MOST_TEXT` characters; what lies beyond is not read."""
    found: list[str] = []
    length = 0
    for part in READERS[kind](path):
        found.append(part)
        length += len(part) + 1
        if length >= MOST_TEXT:
            break
    return "\n".join(found)[:MOST_TEXT]


def limit() -> None:
    """Of this process. Where the system has no limits, the time that whoever started it gives must do."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # macOS knows this limit and refuses to set it.
    if sys.platform != "darwin":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main(kind: str, path: str) -> int:
    limit()
    try:
        text = text_of(kind, path)
    except Locked:
        return LOCKED
    except Exception as error:  # whatever a library makes of a damaged file
        sys.stderr.write(f"{type(error).__name__}: {error}"[:300])
        return DAMAGED
    if not text.strip():
        return NO_TEXT
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
