from .moderation import ModerationTask, Submission
from .protection import PageProtection
from .published_revision import KeptDiff, PublishedRevision
from .suggestion import Suggestion
from .watch import Watch

__all__ = [
    "KeptDiff",
    "ModerationTask",
    "PageProtection",
    "PublishedRevision",
    "Submission",
    "Suggestion",
    "Watch",
]
