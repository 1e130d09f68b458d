"""Who decides over what waits."""

from django.db.models import Q, QuerySet

from cms.accounts.models import User
from cms.accounts.roles import ADMINISTRATOR_GROUP, FACILITATOR_GROUP
from forum.deciding import Matter
from forum.models import CoFacilitator, Member, ReviewItem
from forum.rules import Standing, Trust


def matter_of(item: ReviewItem) -> Matter:
    """Asks for the post and its topic, unless they came with the item."""
    category_id, languages = item.category_id, (item.language,)
    if item.post is not None:
        topic = item.post.topic
        category_id, languages = topic.category_id, (item.language, topic.language)
    decided_before = item.decided_by_id if item.answered_at else None
    return Matter(category_id, languages, item.member_id, decided_before)


def deciders(matter: Matter) -> QuerySet[User]:
    """Active accounts that look after the matter, without whom it concerns. Sanctions are not asked about."""
    can = Q(groups__name__in=[FACILITATOR_GROUP, ADMINISTRATOR_GROUP]) | Q(is_superuser=True)
    if matter.category_id is not None:
        of_category = CoFacilitator.objects.filter(
            category=matter.category_id, language__in=["", *matter.languages]
        )
        can |= Q(pk__in=of_category.values("user"))
    found = User.objects.filter(can, is_active=True).distinct()
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
