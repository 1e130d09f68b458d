from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from cms.core.rich_text import PROSE
from initiatives.rules import GRID_QUESTIONS


class ReadingGrid(models.Model):
    """Five questions asked in the same words of every case study and journey, so that answers compare."""

    grid_economy = RichTextField(GRID_QUESTIONS["economy"], features=PROSE, blank=True)
    grid_power = RichTextField(GRID_QUESTIONS["power"], features=PROSE, blank=True)
    grid_cooperation = RichTextField(GRID_QUESTIONS["cooperation"], features=PROSE, blank=True)
    grid_lasting = RichTextField(GRID_QUESTIONS["lasting"], features=PROSE, blank=True)
    grid_lessons = RichTextField(GRID_QUESTIONS["lessons"], features=PROSE, blank=True)

    class Meta:
        abstract = True

    @property
    def grid_answers(self) -> list[tuple[str, object, str]]:
        """(key, question, answer as rich text) in the grid's order; an empty answer stays in its place."""
        return [(key, question, getattr(self, f"grid_{key}")) for key, question in GRID_QUESTIONS.items()]

    @property
    def has_grid(self) -> bool:
        return any(answer for _key, _question, answer in self.grid_answers)


READING_GRID_PANEL = MultiFieldPanel(
    [FieldPanel(f"grid_{key}") for key in GRID_QUESTIONS],
    heading=_("The reading grid"),
    help_text=_("The five questions asked of every case. Leave a question empty rather than guess."),
)
