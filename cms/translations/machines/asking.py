"""What a machine is, and what is taken of what it says."""

from collections import Counter
from hashlib import sha256
from typing import Protocol

from django.core.cache import cache
from django.utils.translation import gettext as _

from cms.translations.inline import NotInline, link_ids, normalise_inline, plain_text

KEPT_FOR = 24 * 60 * 60  # seconds: who asks again need not pay again
LONGEST = 10_000  # characters of one segment


class MachineFault(Exception):
    """No words came, or none that may stand in a segment. The message says why, in the reader's language."""


class MachineTranslation(Protocol):
    name: str  # as people know it

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        """The texts, inline HTML with its tags kept, in the language `target`; as many, in the same order.

        `source`, `target`: language codes of the site. Raises `MachineFault`.
        """
        ...


def translate_segment(machine: MachineTranslation, text: str, source: str, target: str) -> str:
    """Words for one segment, in canonical form, with the links of the source. Raises `MachineFault`."""
    if len(text) > LONGEST:
        raise MachineFault(_("This segment is too long for the machine."))
    name = sha256(f"{machine.name}\0{source}\0{target}\0{text}".encode()).hexdigest()
    known = cache.get(f"machine-translation:{name}")
    if known is not None:
        return known
    answer = machine.translate([text], source, target)
    if len(answer) != 1:
        raise MachineFault(_("The machine did not answer what it was asked."))
    words = accepted(text, answer[0])
    cache.set(f"machine-translation:{name}", words, KEPT_FOR)
    return words


def accepted(text: str, answer: str) -> str:
    """The canonical form of a machine's answer. Raises `MachineFault` where it may not stand for `text`."""
    try:
        words = normalise_inline(answer).strip()
    except NotInline as error:
        raise MachineFault(
            _("The machine's answer cannot be used: %(reason)s") % {"reason": error}
        ) from error
    if not plain_text(words).strip():
        raise MachineFault(_("The machine's answer is empty."))
    if Counter(link_ids(words)) != Counter(link_ids(text)):
        raise MachineFault(_("The machine's answer cannot be used: it has other links than the original."))
    return words
