"""Machine translation: none unless the site's settings name a service. What it says is a draft that a person must read.

A service is anything with `translate(texts, source, target)`; `chosen_machine()` is the one of the settings.
"""

from .asking import MachineFault, MachineTranslation, translate_segment
from .choosing import chosen_machine

__all__ = ["MachineFault", "MachineTranslation", "chosen_machine", "translate_segment"]
