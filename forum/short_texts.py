"""A post as one of the short texts that the site translates beside its pages: text, language, version."""

from cms.translations.short_texts import ShortText
from forum.models import Post
from forum.queries.topics import PostRow


def short_text_of(post: Post | PostRow) -> ShortText:
    return ShortText(post.html, post.language, post.version)


def is_behind(post: Post | PostRow, made_from: int) -> bool:
    """Whether a translation that was made from version `made_from` of `post` is of an older one."""
    return short_text_of(post).changed_since(made_from)
