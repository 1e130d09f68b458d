"""A post as it can be quoted."""

from forum.models import Post
from forum.quoting import quotation, without_quotations


def quote_of(post_id: int, user, passage: str = "") -> str:
    """The post, or a passage of it, as a quotation; "" where it is not theirs to read. One query."""
    post = Post.objects.shown_to(user).select_related("author").filter(pk=post_id).first()
    if post is None:
        return ""
    name = post.author.display_name if post.author and post.author.is_active else ""
    text = passage.strip() or without_quotations(post.source)
    return quotation(post.pk, post.number, text, post.author_id, name)
