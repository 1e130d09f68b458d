"""A segment: the smallest text that is translated as one, and what identifies it. Pure.

Texts are inline HTML as the translation library cuts them: text with entities escaped, the tags `a`, `abbr`, `b`,
`br`, `code`, `em`, `i`, `strong`, and no attribute but `id` on `a`, which stands for a link of the source.
"""

from dataclasses import dataclass
from hashlib import sha256

LONGEST = 20_000  # characters of one segment, markup included
# Fields for search engines and lists of links: nobody reads them on the page.
BESIDE_THE_TEXT = frozenset({"seo_title", "search_description"})


def segment_key(path: str, text: str) -> str:
    """What names a segment in addresses, forms and files: the same text in the same place has the same key.

    16 hexadecimal digits. A changed source text has another key, so that nothing written for the old text is
    taken for a translation of the new.
    """
    return sha256(f"{path}\0{text}".encode()).hexdigest()[:16]


def source_hash(text: str) -> str:
    """What the memory finds a source text by, whatever its place: 32 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Segment:
    path: str  # "title", "body.<block id>", "sessions.<translation key>.text"
    text: str  # of the source
    order: int  # in the document, from 1; not without gaps

    @property
    def key(self) -> str:
        return segment_key(self.path, self.text)
