"""Who can be named in a text: members of the forum, by the name they show; never by user name or address."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length

from cms.accounts.models import User
from forum.mentioning import linked, names_in
from forum.models import Post

MOST = 8


class Named(NamedTuple):
    pk: int
    name: str


def with_mentions(source: str, topic_id: int, user) -> str:
    """`source` with `@Name` made a link where exactly one who wrote in the topic bears that name.

    One query, none without an `@`.
    """
    wanted = names_in(source)
    if not wanted:
        return source
    wrote = Post.objects.shown_to(user).filter(topic=topic_id, author=OuterRef("pk"))
    people = User.objects.filter(Exists(wrote), is_active=True, display_name__in=wanted)
    found: dict[str, list[int]] = {}
    for pk, name in people.values_list("pk", "display_name"):
        found.setdefault(name, []).append(pk)
    return linked(source, {name: ids[0] for name, ids in found.items() if len(ids) == 1})


def member_names(begun: str, user, topic_id: int = 0) -> list[Named]:
    """Members whose name has a word that begins so, those of the topic first. Of people who wrote what one may read.

    One query.
    """
    begun = " ".join(begun.split())
    if not begun:
        return []
    shown = Post.objects.shown_to(user).filter(author=OuterRef("pk"))
    people = (
        User.objects.filter(is_active=True)
        .exclude(display_name="")
        .filter(Q(display_name__istartswith=begun) | Q(display_name__icontains=f" {begun}"))
        .filter(Exists(shown))
        .annotate(here=Exists(shown.filter(topic=topic_id)))
        .order_by("-here", Length("display_name"), "display_name", "pk")
    )
    return [Named(*row) for row in people.values_list("pk", "display_name")[:MOST]]
