"""Two people changed the same text: what can be joined, and what somebody has to choose. Pure.

Texts are pages as Wagtail serialises them: field name → plain value; a StreamField is a string of JSON, child
rows are lists of mappings.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

# What says where a row is kept, not what it says.
ROW_BOOKKEEPING = {"pk", "sort_order"}
# The rich text editor gives each paragraph a key of its own, by chance, whenever a text without keys is saved.
BLOCK_KEY = re.compile(r"""(<\w[^<>]*?)\s+data-block-key=(?:"[^"]*"|'[^']*')""")


@dataclass(frozen=True, slots=True)
class Merged:
    content: dict[str, Any]  # the joined text; in fields that conflict it is mine
    conflicts: list[str]  # names of the fields that both changed, in different ways


def merge(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> Merged:
    """Join what `mine` and `theirs` each changed since `base`.

    `merge(x, x, y)` and `merge(x, y, x)` are `y` without conflict; so is `merge(x, y, y)`.
    """
    content: dict[str, Any] = {}
    conflicts: list[str] = []
    for name in [*mine, *(name for name in theirs if name not in mine)]:
        was, ours, others = base.get(name), mine.get(name), theirs.get(name)
        if same(ours, others) or same(ours, was):
            content[name] = others
        elif same(others, was):
            content[name] = ours
        else:
            joined = _join_blocks(was, ours, others)
            if joined is None:
                conflicts.append(name)
            content[name] = ours if joined is None else joined
    return Merged(content, conflicts)


def changed_fields(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Names of the fields that say something else in `new`."""
    return [name for name in {**old, **new} if not same(old.get(name), new.get(name))]


def same(one: Any, other: Any) -> bool:
    """Whether two values of a field say the same, wherever their rows are kept and whatever their paragraphs' keys."""
    return one == other or _comparable(one) == _comparable(other)


def _comparable(value: Any) -> Any:
    if isinstance(value, str):
        if value[:1] in ("[", "{"):
            try:
                return _without_block_keys(json.loads(value))
            except ValueError:
                pass
        return _without_block_keys(value)
    if isinstance(value, list):
        return [_comparable(each) for each in value]
    if isinstance(value, dict):
        return {key: _comparable(each) for key, each in value.items() if key not in ROW_BOOKKEEPING}
    return value


def _without_block_keys(value: Any) -> Any:
    """`value`, with what the rich texts in it say and not how the editor keeps count of their paragraphs."""
    if isinstance(value, str):
        return BLOCK_KEY.sub(r"\1", value) if "data-block-key" in value else value
    if isinstance(value, list):
        return [_without_block_keys(each) for each in value]
    if isinstance(value, dict):
        return {key: _without_block_keys(each) for key, each in value.items()}
    return value


def _join_blocks(was: Any, ours: Any, others: Any) -> str | None:
    """Both edited a body of blocks. Joined if each block was changed by one of them only and the order by one at
    most; None otherwise."""
    lists = [_blocks(value) for value in (was, ours, others)]
    if any(each is None for each in lists):
        return None
    before, mine, theirs = ({block["id"]: block for block in each} for each in lists)  # type: ignore[union-attr]
    orders = [list(each) for each in (before, mine, theirs)]
    if orders[1] == orders[0] or orders[1] == orders[2]:
        order = orders[2]
    elif orders[2] == orders[0]:
        order = orders[1]
    else:
        return None
    joined = []
    for key in order:
        was_block, my_block, their_block = before.get(key), mine.get(key), theirs.get(key)
        if _same_block(my_block, their_block) or _same_block(my_block, was_block):
            chosen = their_block
        elif _same_block(their_block, was_block):
            chosen = my_block
        else:
            return None
        if chosen is None:
            return None  # one removed what the other moved or edited
        joined.append(chosen)
    # A block that left the order must not have been edited by the one who did not remove it.
    for key in before.keys() - set(order):
        if any(key in each and not _same_block(each[key], before[key]) for each in (mine, theirs)):
            return None
    return json.dumps(joined)


def _same_block(one: dict | None, other: dict | None) -> bool:
    return _without_block_keys(one) == _without_block_keys(other)


def _blocks(value: Any) -> list[dict] | None:
    if not isinstance(value, str):
        return None
    try:
        blocks = json.loads(value)
    except ValueError:
        return None
    if not isinstance(blocks, list) or not all(isinstance(each, dict) and each.get("id") for each in blocks):
        return None
    return blocks
