"""A document with pictures and files, and short words for what is chosen in their place."""

from django.core.files.base import ContentFile
from wagtail.models import Collection

from cms.media.models import Attachment, Picture
from cms.translations.queries.media import media_lines
from initiatives.models import InitiativeFile
from tests.media.files import PDF, picture

from .translating import fresh

BLOCK = "33333333-0000-0000-0000-00000000000"


def make_picture(title: str, collection: Collection | None = None) -> Picture:
    fields = {"collection": collection} if collection else {}
    return Picture.objects.create(title=title, file=ContentFile(picture(), name="a.png"), **fields)


def make_file(title: str, collection: Collection | None = None) -> Attachment:
    fields = {"collection": collection} if collection else {}
    return Attachment.objects.create(title=title, file=ContentFile(PDF, name="a.pdf"), **fields)


def blocks(media, image="drawing", file="list") -> list[dict]:
    return [
        {"type": "heading", "value": "Where it began", "id": f"{BLOCK}1"},
        {
            "type": "image",
            "value": {"image": media[image].pk, "alt": "A drawing with words", "caption": ""},
            "id": f"{BLOCK}2",
        },
        {"type": "file", "value": {"file": media[file].pk, "title": "Who came"}, "id": f"{BLOCK}3"},
        {
            "type": "text",
            "value": f'<p>See <a linktype="document" id="{media["linked"].pk}">the report</a>.</p>',
            "id": f"{BLOCK}4",
        },
    ]


def text(value: list[dict]):
    return InitiativeFile._meta.get_field("body").stream_block.to_python(value)


def standing(task, name: str):
    """What stands where the original shows the picture or file of this name."""
    (found,) = [each for each in media_lines(fresh(task)) if each.source and each.source.title == name]
    return found.standing


def address(task, name: str) -> str:
    return f"/admin/translations/{task.pk}/media/{standing(task, name).place.key}/"


def choose(client, task, name: str, other, **more):
    """Choose through the screen what stands in for the original's `name`."""
    found = standing(task, name)
    kind = "picture" if isinstance(other, Picture) else "file"
    data = {"do": "choose", "seen": found.now, kind: other.pk, **more}
    return client.post(address(task, name), data)


def do(client, task, name: str, what: str, **more):
    return client.post(address(task, name), {"do": what, "seen": standing(task, name).now, **more})


def shown_in(page) -> dict[str, list]:
    """What a page shows: the picture at its head, pictures and files in its text, the list of files."""
    raw = {block["id"][-1]: block["value"] for block in page.body.raw_data}
    return {
        "head": page.lead_image_id,
        "image": raw["2"]["image"],
        "file": raw["3"]["file"],
        "linked": raw["4"],
        "listed": [(row.file_id, row.title) for row in page.attachments.all()],
    }


def french(document):
    return InitiativeFile.objects.get(translation_key=document.translation_key, locale__language_code="fr")
