"""XML from a stranger: parsed without declarations or entities, and only so deep and so large."""

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from .values import FileRefused

DEEPEST = 100  # elements within one another
MOST_ELEMENTS = 300_000


class _BoundedBuilder(TreeBuilder):
    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._number = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:  # type: ignore[override]
        self._depth += 1
        self._number += 1
        if self._depth > DEEPEST or self._number > MOST_ELEMENTS:
            raise FileRefused(_("The file is built in a way no translation is. It was not read."))
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


def parsed(content: bytes) -> Element:
    """The root. Raises `FileRefused`."""
    parser = DefusedXMLParser(target=_BoundedBuilder(), forbid_dtd=True)
    try:
        parser.feed(content)
        return parser.close()
    except FileRefused:
        raise
    except DefusedXmlException as error:
        raise FileRefused(
            _("The file declares entities or a document type. For safety such files are not read.")
        ) from error
    except ParseError as error:
        raise FileRefused(
            _("The file is damaged or cut off, at line %(number)d.") % {"number": error.position[0]}
        ) from error
    except (ValueError, LookupError) as error:  # a character set that the parser does not know
        raise FileRefused(
            _("The file is in a character set that cannot be read. Save it as UTF-8.")
        ) from error
