"""A source text and its translation, as the checks look at them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cms.translations.stems import base_language
from cms.translations.terms import TermIndex

from .markup import Markup, markup_of

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


@dataclass(frozen=True)
class Pair:
    source: str
    target: str
    source_code: str  # "pt-br"
    target_code: str
    terms: TermIndex | None = None
    longest: int | None = None
    others: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def source_language(self) -> str:
        return base_language(self.source_code)

    @cached_property
    def target_language(self) -> str:
        return base_language(self.target_code)

    @cached_property
    def source_markup(self) -> Markup:
        return markup_of(self.source)

    @cached_property
    def target_markup(self) -> Markup:
        return markup_of(self.target)

    @property
    def source_plain(self) -> str:
        return self.source_markup.plain

    @property
    def target_plain(self) -> str:
        return self.target_markup.plain

    @property
    def source_prose(self) -> str:
        return self.source_markup.prose

    @property
    def target_prose(self) -> str:
        return self.target_markup.prose

    @cached_property
    def is_untranslated(self) -> bool:
        return self.source_plain.split() == self.target_plain.split()


def is_blank(plain_text: str) -> bool:
    return not plain_text.translate(_UNSEEN).strip()
