"""What is said in the forum: published posts of open topics. Who reads a category is asked with each query."""

from collections.abc import Iterator, Sequence

from django.db.models import F, FilteredRelation, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.core.dates import written_date
from forum.addresses import topic_address
from forum.models import Post, PostTranslation, Topic
from forum.queries.categories import all_categories
from forum.rules import PostState, TopicState
from search.engines import FORUM
from search.registry import Made, Shown
from search.sources.texts import plain

NOBODY = "0"  # the author of posts whose account is gone


def access_to(category_id: int) -> str:
    """What whoever reads a category has in `Asked.access`."""
    return f"forum.{category_id}"


def address_of(post: Post) -> str:
    """A topic begins at its top; any other post is shown where it stands."""
    topic = post.topic
    return topic_address(topic.pk, topic.slug, post.number or 0 if post.number != 1 else 0)


def said_of(post: Post, url: str) -> Shown:
    topic, moment = post.topic, post.published_at or post.created_at
    author = post.author.shown_name if post.author else post.author_name or _("a former member")
    category = all_categories().get(topic.category_id)
    named = category.words() if category else None
    foreign = "" if named is None or named.language == get_language() else named.language
    return Shown(
        url=url,
        title=topic.title,
        label=named.name if named else _("Forum"),
        setting=f"{author} · {written_date(moment.date())}",
        data={"title_language": topic.language, "label_language": foreign},
    )


def made_of(post: Post, pk: int, language: str, html: str, title: str) -> Made | None:
    topic, category = post.topic, all_categories().get(post.topic.category_id)
    if category is None:
        return None
    moment = post.published_at or post.created_at
    return Made(
        pk=pk,
        section=FORUM,
        kind="topic" if post.number == 1 else "post",
        language=language,
        work=f"topic:{topic.pk}",
        moment=moment,
        title=title,
        access=access_to(topic.category_id),
        archived=topic.closed and not topic.pinned,
        facets={
            "category": [category.slug],
            "author": [str(post.author_id or NOBODY)],
            "language": [language],
            "year": [f"{moment.year:04d}"],
        },
        body="\n".join(plain(html)),
    )


def shown_in_forum(posts: Sequence[int], translations: Sequence[int], user) -> dict[str, Shown]:
    """By name of the entry, what `user` may see of some posts and of some translations of posts. One query."""
    others = translations or [0]  # a condition on nothing would leave out the posts too
    translated = PostTranslation.objects.filter(pk__in=others).order_by().values("post_id")
    wanted = Post.objects.filter(pk__in=posts or [0]).order_by().values("pk").union(translated, all=True)
    published = Q(translations__pk__in=others, translations__state=PostState.PUBLISHED)
    rows = Post.objects.shown_to(user).filter(pk__in=wanted, topic__state=TopicState.OPEN)
    rows = rows.annotate(in_others=FilteredRelation("translations", condition=published))
    rows = rows.annotate(translation=F("in_others__pk")).select_related("topic", "author")
    found: dict[str, Shown] = {}
    for post in rows.defer("source", "html"):
        shown = said_of(post, address_of(post))
        if post.pk in posts:
            found[f"post:{post.pk}"] = shown
        if post.translation:
            found[f"translation:{post.translation}"] = shown
    return found


class PostSource:
    name = "post"

    def lock(self, pks: Sequence[int]) -> None:
        # As the forum's own verbs do.
        topics = Topic.objects.select_for_update(no_key=True).filter(posts__in=pks)
        list(topics.order_by("pk").values_list("pk"))

    def keys(self) -> Iterator[int]:
        posts = Post.objects.filter(state=PostState.PUBLISHED).order_by("pk")
        return posts.values_list("pk", flat=True).iterator(chunk_size=5000)

    def made(self, pks: Sequence[int]) -> Iterator[Made]:
        """One query, and that of the categories where they are not kept."""
        posts = Post.objects.filter(pk__in=pks, state=PostState.PUBLISHED, topic__state=TopicState.OPEN)
        for post in posts.select_related("topic").defer("source").order_by("pk"):
            # A topic is found by its title; its replies are not.
            title = post.topic.title if post.number == 1 else ""
            if made := made_of(post, post.pk, post.language, post.html, title):
                yield made


class TranslationSource:
    """Posts in other languages, by other members."""

    name = "translation"

    def lock(self, pks: Sequence[int]) -> None:
        topics = Topic.objects.select_for_update(no_key=True).filter(posts__translations__in=pks)
        list(topics.order_by("pk").values_list("pk"))

    def keys(self) -> Iterator[int]:
        found = PostTranslation.objects.filter(state=PostState.PUBLISHED).order_by("pk")
        return found.values_list("pk", flat=True).iterator(chunk_size=5000)

    def made(self, pks: Sequence[int]) -> Iterator[Made]:
        found = PostTranslation.objects.filter(
            pk__in=pks,
            state=PostState.PUBLISHED,
            post__state=PostState.PUBLISHED,
            post__topic__state=TopicState.OPEN,
        )
        for row in found.select_related("post__topic").order_by("pk"):
            if made := made_of(row.post, row.pk, row.language, row.html, ""):
                yield made
