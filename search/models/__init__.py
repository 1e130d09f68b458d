from .entry import Entry
from .file_text import FileText
from .pending import Built, Pending
from .unfound import Unfound
from .vocabulary import TitleWord
from .waiting import Waiting

__all__ = ["Built", "Entry", "FileText", "Pending", "TitleWord", "Unfound", "Waiting"]
