"""Reference codes: given once to a work, at its first publication, and never to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.rules import KINDS


class ReferenceSeries(models.Model):
    """The last number given for one type and year. Locked while a code is given; never goes back."""

    kind = models.CharField(max_length=2, choices=list(KINDS.items()))
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_series_per_kind_and_year")]

    def __str__(self) -> str:
        return f"{self.kind}{self.year}"


class ReferenceCode(models.Model):
    """The code of a work. The row stays when the document goes, so that its code is not reused."""

    code = models.CharField(_("reference code"), max_length=16, unique=True)
    translation_key = models.UUIDField(unique=True)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reference code")
        verbose_name_plural = _("reference codes")

    def __str__(self) -> str:
        return self.code
