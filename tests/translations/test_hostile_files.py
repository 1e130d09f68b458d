"""Files that somebody who may write uploads to do harm. Refused in words, kept nowhere, in time."""

from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.translations.models import SegmentDraft
from cms.translations.queries.texts import survey_of
from cms.translations.services.claiming import claim
from tests.cpu import pieces
from tests.factories.documents import make_document

from .test_hostile import DEAREST, key_of
from .translating import fresh, take_in, task_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(event, translator, client):
    task = task_of(event, "fr")
    claim(translator, task.pk)
    client.force_login(translator)
    return fresh(task)


XLIFF = (
    '<?xml version="1.0"?>{before}<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" '
    'trgLang="fr"><file id="f">{inside}<unit id="{key}"><segment><source>Workshop</source><target>{words}</target>'
    "</segment></unit></file></xliff>"
)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
PO = 'msgid ""\nmsgstr "{head}"\n\nmsgctxt "title {key}"\nmsgid "Workshop"\nmsgstr "{words}"\n'
GROUP = '<group id="g">', "</group>"


def xliff(words="Forgé", before="", inside="") -> str:
    return XLIFF.replace("{words}", words).replace("{before}", before).replace("{inside}", inside)


def po(words="Forgé", head="") -> str:
    return PO.replace("{words}", words).replace("{head}", head)


FILES = {
    "a bomb of entities": xliff("&i;", LAUGHS + "]>").encode(),
    "one large entity": xliff("&a;" * 9000, f'<!DOCTYPE x [<!ENTITY a "{"x" * 90_000}">]>').encode(),
    "a file of the machine": xliff("&a;", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>').encode(),
    "an address of the network": xliff("&a;", '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:1/">]>').encode(),
    "a declaration from elsewhere": xliff(before='<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">').encode(),
    "entities in UTF-16": xliff("&i;", LAUGHS + "]>").encode("utf-16"),
    "entities in UTF-7": b'<?xml version="1.0" encoding="utf-7"?>' + xliff("&i;", LAUGHS + "]>").encode("utf-7"),
    "twenty megabytes": b"<" + b"x" * 20_000_000,
    "twenty megabytes of PO": po().encode() + b"#" * 20_000_000,
    "groups within one another": xliff(inside=GROUP[0] * 50_000 + GROUP[1] * 50_000).encode(),
    "groups that do not end": xliff(inside=GROUP[0] * 200_000).encode(),
    "a million elements": xliff(inside="<skeleton/>" * 400_000).encode(),
    "notes without end": xliff(inside="<notes>" + "<note>x</note>" * 310_000 + "</notes>").encode(),
    "an element of its own": xliff("<script>x</script>").encode(),
    "a script in PO": po("<script>alert(1)</script>").encode(),
    "NUL in XML": xliff("a\0b").encode(),
    "NUL by number": xliff("a&#0;b").encode(),
    "NUL by code point": xliff('a<cp hex="0000"/>b').encode(),
    "half a character": xliff('a<cp hex="D800"/>b').encode(),
    "NUL in PO": po("a\0b").encode(),
    "NUL in PO by number": po("a\\000b").encode(),
    "half a character in PO": po("a").encode().replace(b'"a"', b'"\xed\xa0\x80"'),
    "Latin 1 that says UTF-8": po("Forgé", "Content-Type: text/plain; charset=UTF-8\\n").encode("latin-1"),
    "a codec that unpacks": po(head="Content-Type: text/plain; charset=zlib_codec\\n").encode(),
    "a codec that turns": po(head="Content-Type: text/plain; charset=rot13\\n").encode(),
    "PO in UTF-16": po().encode("utf-16"),
    "PO in UTF-7": po(head="Content-Type: text/plain; charset=utf-7\\n").encode(),
    "a character set nobody knows": b'<?xml version="1.0" encoding="klingon"?>' + xliff().encode()[21:],
    "ten thousand and one texts": po().encode() + b"".join(
        b'msgid "x%d"\nmsgstr "y"\n\n' % number for number in range(10_001)
    ),
    "an archive": b"PK\x03\x04" + b"msgid" * 10,
    "a compiled catalogue": b"\xde\x12\x04\x95" + b"\0" * 100 + b"msgid",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 1000,
    "older XLIFF": b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file/></xliff>',
    "a page": b"<!DOCTYPE html><html><body>msgid</body></html>",
    "quotes without end": po().encode() + b'"' * 1_000_000,
    "escapes without end": po("\\\\" * 500_000 + "\\").encode(),
    "lines without end": po().encode() + b'msgid "a"\n"' * 1000,
    "wrong language": po(head="Language: es\\n").encode(),
    "another page": po(head="X-Work: 0f0e7b1c-0000-4000-8000-000000000001\\n").encode(),
    "another page in XLIFF": xliff().replace('id="f"', 'id="0f0e7b1c-0000-4000-8000-000000000001"').encode(),
    "another language in XLIFF": xliff().replace('trgLang="fr"', 'trgLang="es"').encode(),
}  # fmt: skip
STRANGE = {
    "attributes without end": (
        xliff(inside="<group " + " ".join(f'a{n}="x"' for n in range(200_000)) + "/>").encode(),
        "Forgé",
    ),
    "scripts": (
        xliff("&lt;script&gt;x&lt;/script&gt;<mrk id='1'>&lt;img onerror=x&gt;</mrk>").encode(),
        "&lt;script&gt;x&lt;/script&gt;&lt;img onerror=x&gt;",
    ),
}


def test_a_file_is_refused_in_words_and_in_time(task, client):
    key, wrong = key_of(task, "Workshop").encode(), []
    for name, content in FILES.items():
        cost, answer = pieces(partial(send, client, task, content.replace(b"{key}", key)))
        refused = answer.status_code == 422 or bool(answer.context and answer.context.get("left_out"))
        kept = SegmentDraft.objects.exists()
        if cost > DEAREST or not refused or kept or "root:" in answer.text:
            wrong.append((name, cost, answer.status_code, kept))
    assert not wrong


def test_what_is_strange_and_harmless_is_taken_as_it_is_told(task, client):
    key = key_of(task, "Workshop").encode()
    for content, words in STRANGE.values():
        assert send(client, task, content.replace(b"{key}", key)).status_code == 302
        assert SegmentDraft.objects.order_by("pk").last().text == words


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "<script>.po", "x" * 300 + ".po", "a\nb.po", "\u202eop.exe"]
)
def test_the_name_of_a_file_is_only_a_name(task, client, name):
    answer = send(client, task, b"neither", name)
    assert answer.status_code in (400, 422)
    assert "<script>.po" not in answer.text


def test_the_same_files_without_harm_are_taken(task, client):
    """What is refused above is refused for what it is about."""
    key = key_of(task, "Workshop").encode()
    for number, content in enumerate((po("Un"), xliff("Deux")), 1):
        assert send(client, task, content.encode().replace(b"{key}", key)).status_code == 302
        assert SegmentDraft.objects.count() == number


def send(client, task, content: bytes, name: str = "fr.po"):
    return client.post(
        reverse("translations_import", args=[task.pk]), {"file": SimpleUploadedFile(name, content)}
    )


def test_a_title_that_looks_like_syntax_leaves_as_a_title(site, translator, client):
    page = make_document(title='"\\n"X-Work: 1" ]]></file>\r\n')
    take_in(page)
    task = task_of(page, "fr")
    claim(translator, task.pk)
    client.force_login(translator)
    for name in ("translations_po", "translations_xliff"):
        answer = client.get(reverse(name, args=[task.pk]))
        assert "\n" not in answer.headers["Content-Disposition"]
        back = answer.content.replace(b'msgstr ""\n\n', b'msgstr "Titre"\n\n', 2)
        assert send(client, task, back).status_code in (200, 302, 422)
    assert {draft.task_id for draft in SegmentDraft.objects.all()} <= {task.pk}
    assert survey_of(fresh(task)).standings
