"""The levels of following in words, and the select that chooses one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from forum.models import Category, Topic
from forum.queries.following import Following, level_of_category
from forum.rules import Level

OF_CATEGORY = "category"  # in forms: no level of its own


def level_names() -> dict[int, str]:
    return {
        Level.WATCHING: _("Watching: I am told of each new post"),
        Level.TRACKING: _("Tracking: new posts are counted in the lists"),
        Level.NORMAL: _("Normal: I am told when somebody mentions, quotes or answers me"),
        Level.MUTED: _("Muted: I am told of nothing, and it stands in no list"),
    }


def short_names() -> dict[int, str]:
    return {
        Level.WATCHING: _("Watching"),
        Level.TRACKING: _("Tracking"),
        Level.NORMAL: _("Normal"),
        Level.MUTED: _("Muted"),
    }


def reason_of(following: Following) -> str:
    """Why this level holds, as a sentence; "" where nobody chose anything."""
    if following.own is None:
        return "" if following.of_category == Level.NORMAL else _("As you chose for its category.")
    return {
        "wrote": _("Because you wrote here."),
        "opened": _("Because you opened this topic."),
    }.get(following.reason, _("As you chose."))


def following_context(topic: Topic, following: Following) -> dict:
    """For `forum/_following_topic.html`: the select with what holds now."""
    names = short_names()
    inherited = _("As its category: %(level)s") % {"level": names[following.of_category]}
    choices = [(OF_CATEGORY, inherited, following.own is None)]
    choices += [(str(level), name, level == following.own) for level, name in names.items()]
    return {
        "url": reverse("forum:follow", args=[topic.pk]),
        "choices": choices,
        "level": following.level,
        "reason": reason_of(following),
    }


def category_following_context(category: Category, user) -> dict:
    """For `forum/_following_topic.html`. One query."""
    held = level_of_category(category, user)
    return {
        "url": reverse("forum:follow_category", args=[category.slug]),
        "choices": [(str(level), name, level == held) for level, name in short_names().items()],
        "level": held,
        "reason": "" if held == Level.NORMAL else _("As you chose."),
    }
