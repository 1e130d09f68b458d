"""Stored rich texts as HTML, for pages that look up nothing else."""

from collections.abc import Callable, Iterable

from django.utils.safestring import SafeString

from cms.core.linked_text import expander, targets
from initiatives.queries.files import files_by_id
from initiatives.queries.works import Works


def text_expander(texts: Iterable[str], language: str) -> Callable[[str], SafeString]:
    """A function from each of `texts` to HTML, links resolved for readers of `language`. At most 2 queries."""
    pages, files = targets(texts)
    urls = {pk: file.url for pk, file in files_by_id(files).items()}
    return expander(Works(pages, language).target, urls)
