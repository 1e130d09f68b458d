"""Uploading another picture or file for one language: Wagtail's own forms, and what they ask of whoever translates."""

from typing import Any

from django.forms import ModelForm
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form

from cms.translations.queries.media import model_of
from cms.translations.replacing import PICTURE

FIELDS = ("file", "title", "credit", "licence")


def upload_form(
    user, kind: str, data: QueryDict | None = None, files: MultiValueDict | None = None
) -> ModelForm:
    """The form of the kind, with the checks that every upload goes through. Its file belongs to `user`."""
    model = model_of(kind)
    make: Any = get_image_form if kind == PICTURE else get_document_form
    form = make(model, FIELDS)(data, files, instance=model(uploaded_by_user=user), user=user, prefix="upload")
    # The editor's scripts that read a title off the name of a file are not on this screen.
    for name in [name for name in form.fields["file"].widget.attrs if name.startswith("data-")]:
        del form.fields["file"].widget.attrs[name]
    return form
