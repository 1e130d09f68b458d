"""The editor's form for images: says what is wrong with a file before Wagtail tries to work with it."""

from django.conf import settings
from django.forms.fields import FileField
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.media.checks import check_picture, check_size


class PictureField(WagtailImageField):
    def to_python(self, data):
        file = FileField.to_python(self, data)
        if file is not None:
            check_size(file.size, self.max_upload_size)
            check_picture(file, file.name, settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)
            file.content_checked = True
        return super().to_python(data)


class PictureForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            plain = self.fields["file"]
            checked = PictureField(label=plain.label, required=plain.required, max_length=plain.max_length)
            checked.widget = plain.widget
            self.fields["file"] = checked
