"""The services that are known: each a few lines about how it is spoken to."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from .asking import MachineFault
from .http import Refused, Unreachable, ask

AT_ONCE = 50  # texts in one question to DeepL
# DeepL wants to know which English and which Portuguese.
_DEEPL_TARGETS = {
    "en": "EN-GB",
    "pt": "PT-PT",
    "pt-br": "PT-BR",
    "en-us": "EN-US",
    "zh-hans": "ZH-HANS",
    "zh-hant": "ZH-HANT",
}


class DeepL:
    name = "DeepL"

    def __init__(self, key: str, address: str = "") -> None:
        free = key.endswith(":fx")
        self.key = key
        self.address = address or ("https://api-free.deepl.com" if free else "https://api.deepl.com")

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        said: list[str] = []
        for some in _by(AT_ONCE, texts):
            data = {
                "text": some,
                "source_lang": source.partition("-")[0].upper(),
                "target_lang": _DEEPL_TARGETS.get(target.lower(), target.partition("-")[0].upper()),
                "tag_handling": "html",
            }
            answer = _answer(
                self, f"{self.address}/v2/translate", data, {"Authorization": f"DeepL-Auth-Key {self.key}"}
            )
            rows = answer.get("translations")
            said += _texts(
                [row.get("text") if isinstance(row, dict) else None for row in _list(rows)], len(some)
            )
        return said


class LibreTranslate:
    name = "LibreTranslate"

    def __init__(self, address: str, key: str = "") -> None:
        self.address, self.key = address, key

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        data = {"q": texts, "source": source, "target": target, "format": "html"}
        if self.key:
            data["api_key"] = self.key
        answer = _answer(self, f"{self.address}/translate", data, {})
        return _texts(_list(answer.get("translatedText")), len(texts))


class Dummy:
    """Asks nobody: for tests, and to see how the screens look with a machine."""

    name = "Dummy"

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        return [f"[{target}] {text}" for text in texts]


def _by(size: int, texts: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(texts), size):
        yield texts[start : start + size]


def _answer(machine: Any, address: str, data: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    try:
        answer = ask(address, data, headers)
    except Unreachable as error:
        raise MachineFault(
            _("%(name)s cannot be reached now. Try again later.") % {"name": machine.name}
        ) from error
    except Refused as error:
        raise MachineFault(_why(error.status) % {"name": machine.name}) from error
    if not isinstance(answer, dict):
        raise MachineFault(_("The machine did not answer what it was asked."))
    return answer


def _why(status: int) -> str:
    if status in (401, 403):
        return _("%(name)s does not accept the site's key. Tell an administrator.")
    if status == 429:
        return _("%(name)s is asked too often now. Try again in a minute.")
    if status == 456:
        return _("What the site may have translated by %(name)s is used up for now.")
    if status in (400, 404, 413):
        return _("%(name)s does not translate this text, or not into this language.")
    return _("%(name)s cannot answer now. Try again later.")


def _list(rows: Any) -> list[Any]:
    return rows if isinstance(rows, list) else []


def _texts(rows: list[Any], number: int) -> list[str]:
    texts = [each for each in rows if isinstance(each, str)]
    if len(rows) != number or len(texts) != number:
        raise MachineFault(_("The machine did not answer what it was asked."))
    return texts
