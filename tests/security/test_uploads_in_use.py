"""Whoever may not publish cannot put another picture or file in the place of one that readers see."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from cms.media.models import Attachment, Picture
from initiatives.models import DocumentAttachment
from tests.factories.documents import make_document, make_user

pytestmark = pytest.mark.django_db


def uploaded_by(user, model):
    picture = BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    extra = {"width": 4, "height": 4} if model is Picture else {}
    file = ContentFile(picture.getvalue(), "mine.png")
    return model.objects.create(title="Mine", uploaded_by_user=user, file=file, **extra)


def holding(file, publish: bool):
    if isinstance(file, Picture):
        return make_document(lead_image=file, publish=publish)
    return make_document(attachments=[DocumentAttachment(file=file)], publish=publish)


ADDRESSES = {Picture: "/admin/images/{}/", Attachment: "/admin/documents/edit/{}/"}
DELETING = {Picture: "/admin/images/{}/delete/", Attachment: "/admin/documents/delete/{}/"}


@pytest.mark.parametrize("model", ADDRESSES)
@pytest.mark.parametrize(
    ("role", "publish", "may"),
    [
        ("Authors", False, True),
        ("Authors", True, False),
        ("Editors", True, True),
    ],
)
def test_changing_and_deleting_ones_own_upload(site, client, model, role, publish, may):
    user = make_user(role)
    file = uploaded_by(user, model)
    holding(file, publish)
    client.force_login(user)
    opened = client.get(ADDRESSES[model].format(file.pk))
    assert (opened.status_code == 200) == may
    client.post(DELETING[model].format(file.pk))
    assert model.objects.filter(pk=file.pk).exists() == (not may)


@pytest.mark.parametrize("model", ADDRESSES)
def test_deleting_many_leaves_what_readers_see(site, client, model):
    user = make_user("Authors")
    file = uploaded_by(user, model)
    holding(file, publish=True)
    client.force_login(user)
    label = f"{model._meta.app_label}/{model._meta.model_name}"
    client.post(f"/admin/bulk/{label}/delete/?id={file.pk}")
    client.post(f"/admin/bulk/{label}/delete/?id=all")
    assert model.objects.filter(pk=file.pk).exists()
