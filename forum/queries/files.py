"""Attached files: whoever reads the post that shows them may have them."""

from django.db.models import Exists, Q

from forum.models import Post, PostFile, PostTranslation
from forum.rules import PostState
from forum.standing import standing_of


def readable_file(key, user) -> PostFile | None:
    """None where it is not theirs to read: files in no post yet are their owner's alone. Two queries at most."""
    row = PostFile.objects.filter(key=key).first()
    if row is None:
        return None
    if row.post_id is None:
        who = standing_of(user)
        return row if who.known and row.owner_id == who.user_id else None
    # In the text it has now, or in a translation that is published: what was taken out, or waits, is not for readers.
    translated = PostTranslation.objects.filter(post=row.post_id, state=PostState.PUBLISHED)
    shows_it = Q(html__contains=str(row.key)) | Exists(translated.filter(html__contains=str(row.key)))
    if Post.objects.shown_to(user).filter(shows_it, pk=row.post_id).exists():
        return row
    post = Post.objects.reachable_by(user).select_related("topic").filter(pk=row.post_id).first()
    return row if post is not None and _beyond_readers(row, post, user) else None


def _beyond_readers(row: PostFile, post: Post, user) -> bool:
    """Who moderates has the files of whatever they reach; who wrote or translated it, those of what waits."""
    who = standing_of(user)
    own = who.known and who.user_id in (post.author_id, row.owner_id) and post.state != PostState.DELETED
    return own or who.moderates(post.topic.category_id, post.topic.language, post.language)
