from django.db import models
from django.utils.translation import gettext_lazy as _

from search.analysis import LONGEST_WORD

LONGEST_WRITTEN = 60


class TitleWord(models.Model):
    """A word that stands, or stood, in a title: for those who misspell it. What is offered is looked for before."""

    folded = models.CharField(max_length=LONGEST_WORD)
    language = models.CharField(max_length=12)  # of the title
    written = models.CharField(max_length=LONGEST_WRITTEN)

    class Meta:
        verbose_name = _("word of titles")
        verbose_name_plural = _("words of titles")
        constraints = [
            models.UniqueConstraint(fields=["folded", "language"], name="one_title_word_in_a_language")
        ]

    def __str__(self) -> str:
        return self.written
