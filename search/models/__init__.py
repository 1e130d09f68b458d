from .entry import Entry
from .pending import Built, Pending
from .waiting import Waiting

__all__ = ["Built", "Entry", "Pending", "Waiting"]
