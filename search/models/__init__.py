from .entry import Entry
from .pending import Built, Pending
from .unfound import Unfound
from .vocabulary import TitleWord
from .waiting import Waiting

__all__ = ["Built", "Entry", "Pending", "TitleWord", "Unfound", "Waiting"]
