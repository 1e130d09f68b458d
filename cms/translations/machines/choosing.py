"""Which machine the site's settings name."""

from django.conf import settings

from .asking import MachineTranslation
from .services import DeepL, Dummy, LibreTranslate


def chosen_machine() -> MachineTranslation | None:
    key, address = settings.MACHINE_TRANSLATION_KEY, settings.MACHINE_TRANSLATION_ADDRESS.rstrip("/")
    match settings.MACHINE_TRANSLATION:
        case "deepl":
            return DeepL(key, address)
        case "libretranslate":
            return LibreTranslate(address, key)
        case "dummy":
            return Dummy()
    return None
