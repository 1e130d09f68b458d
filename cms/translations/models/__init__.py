from .conversation import DismissedCheck, LanguageRequest, SegmentComment
from .memory import MemoryEntry
from .programme import LanguageProgramme
from .task import TranslationTask
from .text import SegmentDraft, TranslatedText
from .work import Work

__all__ = [
    "DismissedCheck",
    "LanguageProgramme",
    "LanguageRequest",
    "MemoryEntry",
    "SegmentComment",
    "SegmentDraft",
    "TranslatedText",
    "TranslationTask",
    "Work",
]
