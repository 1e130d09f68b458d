from django.db import models
from django.utils.translation import gettext_lazy as _

READ, FAILED = "read", "failed"
REASONS = [
    ("large", _("it is too large to be read")),
    ("slow", _("reading it took too long")),
    ("locked", _("it opens with a password only")),
    ("damaged", _("it is damaged, or not what its name says")),
    ("empty", _("it holds no text: pages that were scanned, perhaps")),
    ("gone", _("the file itself is missing")),
]


class FileText(models.Model):
    """What stands in an attached file, as far as it could be read. Kept while the file is the same."""

    attachment = models.OneToOneField("media.Attachment", models.CASCADE, primary_key=True, related_name="+")
    digest = models.CharField(max_length=80)  # of the file that was read
    state = models.CharField(max_length=8, choices=[(READ, _("read")), (FAILED, _("could not be read"))])
    reason = models.CharField(max_length=8, choices=REASONS, blank=True)
    text = models.TextField(blank=True)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("text of an attached file")
        verbose_name_plural = _("texts of attached files")

    def __str__(self) -> str:
        return f"{self.attachment_id}: {self.get_state_display()}"
