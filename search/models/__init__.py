from .entry import Entry
from .waiting import Waiting

__all__ = ["Entry", "Waiting"]
