"""Who decides over what waits."""

from django.db.models import QuerySet

from cms.accounts.models import User
from cms.accounts.roles import ADMINISTRATOR_GROUP, FACILITATOR_GROUP
from forum.deciding import Matter, decisions_for
from forum.models import Member, Post, ReviewItem, Topic
from forum.queries.categories import categories_for
from forum.queries.recipients import facilitators_of
from forum.rules import Standing, Trust


def post_of(item: ReviewItem) -> Post | None:
    """The post it is about, or whose translation it is about."""
    return item.post or (item.translation.post if item.translation else None)


def title_for(user, topic: Topic) -> str:
    """The title a topic has now, "" where it stands in a category that they do not see. No query."""
    return topic.title if any(each.pk == topic.category_id for each in categories_for(user)) else ""


def offered_for(item: ReviewItem) -> tuple[str, ...]:
    """What can be decided of it as it is now, the usual first."""
    post = item.post
    if item.translation is not None:
        return decisions_for(item.kind, item.translation.state, translation=True)
    return decisions_for(
        item.kind, post.state if post else "", taken_back=bool(post and post.deleted_by_author)
    )


def matter_of(item: ReviewItem) -> Matter:
    """Asks for the post and its topic, unless they came with the item."""
    category_id = item.category_id
    languages: tuple[str, ...] = (item.language,)
    post = post_of(item)
    if post is not None:
        category_id, languages = post.topic.category_id, (item.language, post.topic.language)
    decided_before = item.decided_by_id if item.answered_at else None
    return Matter(category_id, languages, item.member_id, decided_before)


def deciders(matter: Matter) -> QuerySet[User]:
    """Who looks after the matter, without whom it concerns."""
    found = facilitators_of(matter.category_id, matter.languages)
    return found.exclude(pk=matter.concerns) if matter.concerns else found


def others_decide(matter: Matter, user_id: int) -> bool:
    return deciders(matter).exclude(pk=user_id).exists()


def standing_of_member(user: User) -> Standing:
    """What a sanction asks of whom it meets, asked anew."""
    roles = set(user.groups.values_list("name", flat=True))
    member = Member.objects.filter(pk=user.pk).first()
    return Standing(
        user_id=user.pk,
        trust=member.trust if member else Trust.NEW,
        facilitator=user.is_superuser or not roles.isdisjoint({FACILITATOR_GROUP, ADMINISTRATOR_GROUP}),
    )
