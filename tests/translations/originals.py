"""The running text that the tests translate, and how it changes."""

from initiatives.models import Event

LONGER = "It lasted for seven years."
BODY = [
    {"type": "heading", "value": "Where it began", "id": "11111111-0000-0000-0000-000000000001"},
    {
        "type": "text",
        "value": '<p>In a <b>mill</b>, with a <a href="https://example.org/">plan</a>.</p><p>It lasted.</p>',
        "id": "11111111-0000-0000-0000-000000000002",
    },
    {
        "type": "table",
        "value": {
            "caption": "Who came",
            "table": {
                "caption": "",
                "columns": [{"type": "text", "heading": "Country"}, {"type": "text", "heading": "People"}],
                "rows": [{"values": ["India", "4"]}],
            },
        },
        "id": "11111111-0000-0000-0000-000000000003",
    },
]


def body(blocks=BODY):
    return Event._meta.get_field("body").stream_block.to_python(blocks)


def edited(*changes: tuple[str, str], without: int | None = None) -> list[dict]:
    """The body with words replaced, or without one of its blocks."""
    blocks = []
    for place, block in enumerate(BODY):
        value = block["value"]
        for old, new in changes:
            value = value.replace(old, new) if isinstance(value, str) else value
        if place != without:
            blocks.append({**block, "value": value})
    return blocks
