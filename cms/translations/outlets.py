"""Where a translation goes to be decided on: a page to the wiki's moderation, a shared entry to Wagtail's workflow."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page

from cms.translations.models import Work
from cms.translations.queries.works import target_of


class NoParentYet(Exception):
    """The page above does not exist in the language. `title` is its name."""

    def __init__(self, title: str):
        super().__init__(title)
        self.title = title


def target_for(work: Work, original: Any, locale: Locale) -> Any:
    """The row that holds the translation; made as a draft if there is none. Raises `NoParentYet`.

    Pages above it are never made on the way: they would stand live in the wrong language.
    """
    existing = target_of(work, locale)
    if existing is not None:
        return existing
    if not isinstance(original, Page):
        return _entry_for(original, locale)
    alias = Page.objects.filter(translation_key=work.translation_key, locale=locale).first()
    if alias is not None:
        raise NoParentYet(alias.title)
    try:
        copy = original.copy_for_translation(locale)
    except ParentNotTranslatedError as error:
        raise NoParentYet(original.get_parent().title) from error
    return type(original)._base_manager.get(pk=copy.pk)


def _entry_for(original: Any, locale: Locale) -> Any:
    copy = original.copy_for_translation(locale)
    copy.live = False
    copy.save()
    return type(original)._base_manager.get(pk=copy.pk)


def give_address(target: Any) -> None:
    """A page that was never public gets an address in its own language; a public one keeps the one it has."""
    if not isinstance(target, Page) or target.live or target.first_published_at:
        return
    wanted = slugify(target.title, allow_unicode=True) or target.slug
    target.slug = find_available_slug(target.get_parent(), wanted, ignore_page_id=target.pk)


def start_workflow(entry: Model, user) -> Any:
    """Hand a shared entry's draft to its moderators; returns the revision. An older one in review is replaced."""
    state: Any = getattr(entry, "current_workflow_state", None)
    if state is not None:
        state.cancel(user=user)
    revision = entry.save_revision(user=user, log_action=True)  # type: ignore[attr-defined]
    workflow = entry.get_workflow()  # type: ignore[attr-defined]
    if workflow is None:
        raise PermissionDenied(_("No moderation stands on this kind of entry."))
    workflow.start(entry, user)
    return revision
