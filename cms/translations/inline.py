"""placeholder"""
import re
from wagtail_localize.strings import StringValue, extract_ids


class NotInline(ValueError):
    pass


def normalise_inline(text):
    try:
        return StringValue.from_translated_html(text).data
    except ValueError as error:
        raise NotInline(str(error)) from error


def link_ids(text):
    return sorted(extract_ids(text))


def plain_text(text):
    from html import unescape
    return unescape(re.sub("<[^>]*>", "", text))
