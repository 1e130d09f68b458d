"""What is said in the forum: published posts of open topics. Who reads a category is asked with each query."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from cms.core.dates import written_date
from forum.addresses import topic_address
from forum.models import Post, Topic
from forum.queries.categories import all_categories
from forum.rules import PostState, TopicState
from search.engines import FORUM
from search.registry import Made, Shown
from search.sources.texts import plain

NOBODY = "0"  # the author of posts whose account is gone


def access_to(category_id: int) -> str:
    """What whoever reads a category has in `Asked.access`."""
    return f"forum.{category_id}"


class PostSource:
    name = "post"

    def lock(self, pks: Sequence[int]) -> None:
        # In the order in which the forum's own verbs lock them.
        topics = Topic.objects.select_for_update(no_key=True).filter(posts__in=pks)
        list(topics.order_by("pk").values_list("pk"))

    def keys(self) -> Iterator[int]:
        posts = Post.objects.filter(state=PostState.PUBLISHED).order_by("pk")
        return posts.values_list("pk", flat=True).iterator(chunk_size=5000)

    def made(self, pks: Sequence[int]) -> Iterator[Made]:
        """One query, and that of the categories where they are not kept."""
        categories = all_categories()
        posts = Post.objects.filter(pk__in=pks, state=PostState.PUBLISHED, topic__state=TopicState.OPEN)
        for post in posts.select_related("topic").order_by("pk"):
            topic = post.topic
            category = categories.get(topic.category_id)
            if category is None:
                continue
            moment = post.published_at or post.created_at
            opening = post.number == 1
            yield Made(
                pk=post.pk,
                section=FORUM,
                kind="topic" if opening else "post",
                language=post.language,
                work=f"topic:{topic.pk}",
                moment=moment,
                # What is found by a topic's title is the topic: its replies only say that they belong to it.
                title=topic.title if opening else "",
                access=access_to(topic.category_id),
                archived=topic.closed,
                facets={
                    "category": [category.slug],
                    "author": [str(post.author_id or NOBODY)],
                    "language": [post.language],
                    "year": [f"{moment.year:04d}"],
                },
                body="\n".join(plain(post.html)),
            )

    def shown(self, pks: Sequence[int], user, language: str) -> dict[int, Shown]:
        posts = Post.objects.shown_to(user).filter(pk__in=pks, topic__state=TopicState.OPEN)
        categories = all_categories()
        found = {}
        for post in posts.select_related("topic", "author").defer("source", "html"):
            topic, moment = post.topic, post.published_at or post.created_at
            author = post.author.shown_name if post.author else post.author_name or _("a former member")
            category = categories.get(topic.category_id)
            found[post.pk] = Shown(
                url=topic_address(topic.pk, topic.slug, post.number if post.number != 1 else 0),
                title=topic.title,
                label=category.name if category else _("Forum"),
                setting=f"{author} · {written_date(moment.date())}",
                data={"title_language": topic.language, "posts": topic.posts_count},
            )
        return found
