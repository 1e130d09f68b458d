"""A table whose words can be translated: the translation library passes over Wagtail's own."""

import hashlib

from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue


def words_of(table: TypedTable) -> list[str]:
    """Headings and cells in reading order, each text once; figures alone need no translation."""
    cells = [cell for row in table.row_data for cell in row["values"]]
    texts = [column["heading"] for column in table.columns] + cells
    return list(dict.fromkeys(text for text in texts if any(letter.isalpha() for letter in text or "")))


def place(text: str) -> str:
    """Where a text stands, by what it says: a row that moves keeps its translation."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class WordsTableBlock(TypedTableBlock):
    """Text cells only. Migrations see Wagtail's class (it deconstructs as itself)."""

    def get_translatable_segments(self, table: TypedTable) -> list[StringSegmentValue]:
        return [StringSegmentValue(place(text), text) for text in words_of(table)]

    def restore_translated_segments(self, table: TypedTable, segments) -> TypedTable:
        translated = {segment.path: segment.render_text() for segment in segments}

        def say(text: str) -> str:
            return translated.get(place(text or ""), text)

        columns = [{**column, "heading": say(column["heading"])} for column in table.columns]
        rows = [{**row, "values": [say(cell) for cell in row["values"]]} for row in table.row_data]
        return TypedTable(columns=columns, row_data=rows, caption=table.caption)
