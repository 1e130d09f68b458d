from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.core.rich_text import PROSE
from cms.core.visibility import VisiblePageManager


class LibraryPage(Page):
    """Holds all documents of one language. Its address is answered by `initiatives.views.library`."""

    introduction = RichTextField(_("introduction"), features=PROSE, blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "initiatives.InitiativeFile",
        "initiatives.CaseStudy",
        "initiatives.Analysis",
        "initiatives.LearningJourney",
        "initiatives.Event",
        "initiatives.NewsletterIssue",
        "initiatives.Presentation",
        "initiatives.CallForInterest",
    ]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    objects = VisiblePageManager()

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    @classmethod
    def can_create_at(cls, parent) -> bool:
        return super().can_create_at(parent) and not cls.objects.child_of(parent).exists()
