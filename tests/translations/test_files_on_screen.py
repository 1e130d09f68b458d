"""A translation leaves as a file and comes back, through the screens."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.translations.services.claiming import claim
from cms.translations.services.submitting import submit_translation
from tests.factories.documents import make_document, make_user

from .translating import fresh, take_in, task_of, write_all

pytestmark = pytest.mark.django_db
FORMS = ["translations_po", "translations_xliff"]


@pytest.fixture
def task(event, translator):
    task = task_of(event, "fr")
    claim(translator, task.pk)
    return fresh(task)


def filled(content: bytes, form: str) -> bytes:
    """What a translator does with the file: here, the first segment."""
    text = content.decode()
    if form == "translations_po":
        before, after = text.split('msgid "Workshop"\nmsgstr ""', 1)
        return f'{before}msgid "Workshop"\nmsgstr "Atelier"{after}'.encode()
    return text.replace(
        "<source>Workshop</source>", "<source>Workshop</source><target>Atelier</target>", 1
    ).encode()


def send(client, task, content: bytes, name: str = "fr.po"):
    return client.post(
        reverse("translations_import", args=[task.pk]), {"file": SimpleUploadedFile(name, content)}
    )


@pytest.mark.parametrize("form", FORMS)
def test_out_and_back(task, translator, client, form):
    client.force_login(translator)
    answer = client.get(reverse(form, args=[task.pk]))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    back = send(client, task, filled(answer.content, form))
    assert back.status_code == 302, back.content.decode()[-3000:]
    (draft,) = task.drafts.all()
    assert (draft.text, draft.origin, draft.author) == ("Atelier", "file", translator)
    # The same file again says nothing new.
    assert send(client, task, filled(answer.content, form)).status_code == 302
    assert task.drafts.count() == 1


@pytest.mark.parametrize("form", FORMS)
def test_what_cannot_be_taken_is_named_and_the_rest_is_taken(task, translator, client, form):
    client.force_login(translator)
    content = filled(client.get(reverse(form, args=[task.pk])).content, form)
    strange = content.replace(b"Where it began", b"Something else")
    strange = strange.replace(b'msgid "Something else"\nmsgstr ""', b'msgid "Something else"\nmsgstr "Autre"')
    strange = strange.replace(
        b"<source>Something else</source>", b"<source>Something else</source><target>Autre</target>"
    )
    strange = strange.replace(task.work.source[2].key.encode(), b"0123456789abcdef")
    answer = send(client, task, strange)
    assert answer.status_code == 200
    assert "Something else" in answer.content.decode()
    assert [draft.text for draft in task.drafts.all()] == ["Atelier"]


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"<xliff", b"x" * 5_100_000],
    ids=["empty", "no file of this kind", "cut off", "too large"],
)
def test_a_file_that_is_none_is_refused_in_words(task, translator, client, content):
    client.force_login(translator)
    answer = send(client, task, content)
    assert answer.status_code == 422
    assert not task.drafts.exists()


def test_a_file_of_another_document_or_language(task, translator, client, site):
    other = make_document(title="Another")
    take_in(other)
    client.force_login(translator)
    elsewhere = client.get(reverse("translations_po", args=[task_of(other, "fr").pk])).content
    answer = send(
        client, task, elsewhere.replace(b'msgid "Another"\nmsgstr ""', b'msgid "Another"\nmsgstr "Autre"')
    )
    assert answer.status_code == 422
    spanish = filled(client.get(reverse("translations_po", args=[task.pk])).content, FORMS[0])
    assert send(client, task, spanish.replace(b"Language: fr", b"Language: es")).status_code == 422
    assert not task.drafts.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 302), ("Authors", 403), ("Translators (es)", 403), ("Translators (fr)", 409)],
    ids=str,
)
def test_only_the_holder_s_file_is_taken(task, translator, client, role, status):
    client.force_login(translator)
    content = filled(client.get(reverse("translations_po", args=[task.pk])).content, FORMS[0])
    client.logout()
    if role:
        client.force_login(make_user(role))
    assert send(client, task, content).status_code == status
    assert not task.drafts.exists()


def test_in_review_no_file_is_taken(event, task, translator, client):
    write_all(translator, task)
    client.force_login(translator)
    content = client.get(reverse("translations_po", args=[task.pk])).content.replace(
        b"FR Workshop", b"Atelier"
    )
    submit_translation(translator, task.pk)
    assert send(client, task, content).status_code == 409
    assert not task.drafts.filter(text="Atelier").exists()
