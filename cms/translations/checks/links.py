"""The links of the source: each once in the translation, each with words to follow it by."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .findings import Note
from .pair import Pair


def links_lost(pair: Pair) -> Iterator[Note]:
    there = set(pair.target_markup.links)
    for link in dict.fromkeys(pair.source_markup.links):
        if link not in there:
            yield Note(_("A link of the source is not in the translation yet. Please put it back."), link)


def links_unknown(pair: Pair) -> Iterator[Note]:
    known = set(pair.source_markup.links)
    for link in dict.fromkeys(pair.target_markup.links):
        if link not in known:
            yield Note(_("The translation has a link that the source has not. Please take it out."), link)


def links_repeated(pair: Pair) -> Iterator[Note]:
    source, target = Counter(pair.source_markup.links), Counter(pair.target_markup.links)
    for link, times in target.items():
        if times > max(source[link], 1):
            yield Note(_("A link stands in the translation more often than in the source."), link)


def links_silent(pair: Pair) -> Iterator[Note]:
    known = set(pair.source_markup.silent_links)
    for link in dict.fromkeys(pair.target_markup.silent_links):
        if link not in known:
            yield Note(_("A link has no text. Please put it around the words that readers follow."), link)
