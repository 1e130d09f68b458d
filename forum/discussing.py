"""What pages of the library show of the conversations about them."""

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from wagtail.models import Page

from cms.core.dates import written_date
from cms.core.discussion import Discussion, Talk
from cms.core.languages import direction
from forum.addresses import start, topic_address
from forum.models.topic import slug_of
from forum.queries.pages import talks_about

SHOWN = 3


def discussion(page: Page) -> Discussion:
    """One query."""
    talks = []
    for pk, title, language, posts, bumped_at in talks_about(page.translation_key)[:SHOWN]:
        day = timezone.localtime(bumped_at).date()
        foreign = language != get_language()
        talks.append(
            Talk(
                title=title,
                url=topic_address(pk, slug_of(title)),
                lang=language if foreign else "",
                dir=direction(language) if foreign else "",
                size=ngettext("%(number)s post", "%(number)s posts", posts) % {"number": posts},
                day=written_date(day),
                machine_day=day.isoformat(),
            )
        )
    return Discussion(f"{start()}about/{page.pk}/", talks)
