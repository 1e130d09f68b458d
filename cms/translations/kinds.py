"""What can be translated: the apps that own a model say so in `ready()`."""

from dataclasses import dataclass

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class TranslatedKind:
    """A type of work: `key` names it in addresses and filters, `name` is translated when it is shown."""

    key: str
    name: object


_kinds: dict[type[Model], TranslatedKind] = {}


def register_translated(model: type[Model], key: str, name: object) -> None:
    """Instances of `model` (a page type, or a shared entry with drafts) stand in the queue of translations."""
    _kinds[model] = TranslatedKind(key, name)


def translated_kind(instance_or_model) -> TranslatedKind | None:
    model = instance_or_model if isinstance(instance_or_model, type) else type(instance_or_model)
    return next((_kinds[each] for each in model.__mro__ if each in _kinds), None)


def translated_kinds() -> list[TranslatedKind]:
    return list(_kinds.values())


def translated_models() -> list[type[Model]]:
    return list(_kinds)
