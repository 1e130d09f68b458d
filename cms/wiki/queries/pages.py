"""Reads about a page as such."""

from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Page

from cms.core.alternates import Alternate, languages_address
from cms.core.languages import direction, open_language_codes
from cms.core.prepared import LARGEST_ID, prepared_until_change
from cms.core.visibility import visible_pages
from cms.wiki.content import content_of
from cms.wiki.models import PublishedRevision, Submission


@dataclass(frozen=True, slots=True)
class LanguageVersion:
    code: str
    name: str  # in the language itself
    title: str  # empty where the page does not exist in the language
    url: str

    @property
    def dir(self) -> str:
        return direction(self.code)

    def as_alternate(self, page_id: int) -> Alternate:
        """This very listing in another interface language."""
        return Alternate(self.code, self.name, languages_address(page_id, self.code), "live")


def visible_page(page_id: int) -> Page | None:
    """The page, if anybody may read it; its language need not be the interface's. One query."""
    if page_id > LARGEST_ID:
        return None
    found = prepared_until_change(
        "visible page",
        lambda pk: (
            visible_pages(Page.objects.filter(pk=pk.number, depth__gt=1), None)
            .select_related("locale")
            .order_by()
        ),
    )
    return next(iter(found.instances(page_id)), None)


def language_versions(page: Page) -> list[LanguageVersion]:
    """One entry per open language, those in which the page exists with title and address."""
    live = {
        row.locale.language_code: row
        for row in visible_pages(Page.objects.all(), None)
        .filter(translation_key=page.translation_key, alias_of__isnull=True)
        .select_related("locale")
    }
    return [
        LanguageVersion(
            code,
            settings.LANGUAGE_NAMES[code],
            live[code].title if code in live else "",
            (live[code].get_url() or "") if code in live else "",
        )
        for code in open_language_codes()
    ]


def lock_page(page_id: int) -> Page:
    """The page, kept from all other moderation until the transaction ends.

    On SQLite the transaction itself is the lock: it is begun as a writing one.
    """
    return Page.objects.select_for_update().get(pk=page_id)


def current_publication(page_id: int) -> PublishedRevision | None:
    """The copy of what is public now, or was last."""
    return PublishedRevision.objects.filter(page_id=page_id).order_by("-number").first()


def live_content(page: Page) -> dict | None:
    """The text that readers see now; None for a page that is not public."""
    if not page.live:
        return None
    return content_of(type(page.specific)._base_manager.get(pk=page.pk))


def standing_content(page: Page) -> dict:
    """The text that a new one is measured against: what readers see, or, of a page never public, the last draft."""
    live = live_content(page)
    if live is not None:
        return live
    return content_of(page.get_latest_revision_as_object())


def sides_of(submission: Submission, page: Page) -> tuple[dict, dict]:
    """What a text was written from, and what stands now where it was written: both are needed to join them."""
    if submission.met_a_draft:
        return submission.base_content or {}, content_of(page.get_latest_revision_as_object())
    return submission.base_text, standing_content(page)
