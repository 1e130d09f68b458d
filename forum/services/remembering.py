"""What translations of posts bring to the site's memory: passages that everybody may read, in two languages."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from cms.translations.short_texts import ShortText, forget_pairs, remember_pair
from forum.models import Post, PostTranslation
from forum.passages import paired
from forum.rules import PostState

MOST = 60  # passages of one post
LONGEST_TITLE = 200


def remember(translation_id: int) -> int:
    """Returns how many passages were kept: none of what not everybody may read."""
    row = PostTranslation.objects.filter(pk=translation_id, state=PostState.PUBLISHED).first()
    if row is None:
        return 0
    post = (
        Post.objects.shown_to(None)
        .filter(pk=row.post_id, version=row.post_version)
        .select_related("topic")
        .first()
    )
    if post is None:
        return 0
    kept = 0
    name = row.translator.shown_name if row.translator else row.translator_name
    for source, target in paired(post.html, row.html)[:MOST]:
        try:
            remember_pair(
                ShortText(source, post.language, post.version),
                row.language,
                target,
                place=place_of(post),
                title=post.topic.title[:LONGEST_TITLE],
                author_name=name,
            )
        except ValidationError:
            continue  # longer than a passage may be, or with what no passage holds
        kept += 1
    return kept


def place_of(post: Post) -> str:
    return f"forum.post.{post.pk}"


def forget_what_was_remembered(post: Post) -> None:
    """Passages of a post that not everybody may read any more, or that changed, are not offered to translators."""
    if post.translations.exists():
        forget_pairs(place_of(post))


def forget_what_is_hidden(posts: QuerySet[Post]) -> None:
    """The same for those of `posts` that not everybody may read, after a topic went where fewer may."""
    translated = posts.filter(translations__isnull=False).exclude(
        pk__in=Post.objects.shown_to(None).values("pk")
    )
    for post in translated.distinct().order_by("pk").only("pk"):
        forget_pairs(place_of(post))
