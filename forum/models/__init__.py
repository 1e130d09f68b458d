from forum.models.category import Category, CategoryText, CoFacilitator
from forum.models.export import DataExport
from forum.models.member import Member, Sanction, StaffNote
from forum.models.post import (
    EarlierTranslation,
    Mark,
    Post,
    PostFile,
    PostTranslation,
    PostVersion,
)
from forum.models.reading import CategoryLevel, Draft, Reading
from forum.models.review import LogEntry, Report, ReviewItem, WatchedWord
from forum.models.topic import LONGEST_TITLE, MovedPost, Topic

__all__ = [
    "LONGEST_TITLE",
    "Category",
    "CategoryLevel",
    "CategoryText",
    "CoFacilitator",
    "DataExport",
    "Draft",
    "EarlierTranslation",
    "LogEntry",
    "Mark",
    "Member",
    "MovedPost",
    "Post",
    "PostFile",
    "PostTranslation",
    "PostVersion",
    "Reading",
    "Report",
    "ReviewItem",
    "Sanction",
    "StaffNote",
    "Topic",
    "WatchedWord",
]
