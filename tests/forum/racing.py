"""Many people at the same moment: what they are told instead, and whether everything was counted."""

from django.core.exceptions import ValidationError

from forum.errors import Refused, TooMany
from forum.models import Post, Topic
from forum.services.editing import Changed
from forum.services.repairing import repair_forum
from tests.forum.talking import make_member

# Whatever else is raised makes a test fail: "database is locked" is such a thing.
TOLD = (Changed, Refused, TooMany, ValidationError, Post.DoesNotExist, Topic.DoesNotExist)


def told(results) -> list:
    return [result for result in results if isinstance(result, TOLD)]


def members(how_many: int) -> list:
    return [make_member() for _each in range(how_many)]


def counts_right() -> bool:
    off = list(repair_forum(False, lambda text: None))
    print(*off, sep="\n")
    return not off
