"""What a member finds on the desk: what they wrote, where it stands, what they may do next."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState

from cms.accounts.roles import (
    ADMINISTRATOR_GROUP,
    AUTHOR_GROUP,
    EDITOR_GROUP,
    FACILITATOR_GROUP,
    REVIEWER_PREFIX,
    TRANSLATOR_PREFIX,
)
from cms.core.dates import written_date
from initiatives.models import DOCUMENT_TYPES, LibraryPage

SHOWN = 12


@dataclass(frozen=True, slots=True)
class MyPage:
    """A page somebody wrote or edited, and where it stands."""

    title: str
    kind: str
    lang: str
    state: str  # key for styling: draft, moderation, changes, published, revised
    state_text: str
    edited: datetime | None
    edited_text: str  # empty where nobody has edited it
    edit_url: str
    public_url: str  # empty while not public


@dataclass(frozen=True, slots=True)
class NewDocument:
    kind: str  # key for styling and for its drawing
    label: str
    url: str


def my_pages(user) -> list[MyPage]:
    """Pages `user` edited or owns as drafts, the last edited first, at most `SHOWN`. Four queries."""
    edits = dict(
        Revision.page_revisions.filter(user=user)
        .order_by()
        .values_list("object_id")
        .annotate(last=Max("created_at"))
        .order_by("-last")[:SHOWN]
    )
    drafts = Page.objects.filter(owner=user, live=False).values_list("pk", flat=True)[:SHOWN]
    ids = {int(pk) for pk in edits} | set(drafts)
    pages = list(Page.objects.filter(pk__in=ids).select_related("locale", "content_type"))
    moderation = dict(
        WorkflowState.objects.active()
        .filter(
            base_content_type=ContentType.objects.get_for_model(Page), object_id__in=[str(pk) for pk in ids]
        )
        .values_list("object_id", "status")
    )
    mine = [
        describe(
            page, moderation.get(str(page.pk)), edits.get(str(page.pk)) or page.latest_revision_created_at
        )
        for page in pages
    ]
    return sorted(mine, key=lambda page: page.edited.timestamp() if page.edited else 0, reverse=True)[:SHOWN]


def describe(page: Page, moderation: str | None, edited: datetime | None) -> MyPage:
    state, text = page_state(page.live, page.has_unpublished_changes, moderation)
    model = page.content_type.model_class()
    return MyPage(
        title=page.draft_title or page.title,
        kind=capfirst(model._meta.verbose_name) if model else "",
        lang=page.locale.language_code,
        state=state,
        state_text=text,
        edited=edited,
        edited_text=written_date(timezone.localdate(edited)) if edited else "",
        edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        public_url=(page.get_url() or "") if page.live else "",
    )


def page_state(live: bool, changed: bool, moderation: str | None) -> tuple[str, str]:
    """Where a page stands, as a key and in words. `moderation` is the status of its workflow, if any."""
    if moderation == WorkflowState.STATUS_NEEDS_CHANGES:
        return "changes", _("The editors ask for changes")
    if moderation:
        return "moderation", _("With the editors")
    if not live:
        return "draft", _("Draft")
    if changed:
        return "revised", _("Published; your changes are still a draft")
    return "published", _("Published")


def new_documents(user, language: str) -> list[NewDocument]:
    """What `user` may write in the library of `language`: a link for each type, none without the right."""
    library = LibraryPage.objects.filter(locale__language_code=language).first()
    if library is None or not library.permissions_for_user(user).can_add_subpage():
        return []
    return [
        NewDocument(
            model.kind_code.lower(),
            capfirst(model._meta.verbose_name),
            reverse(
                "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, library.pk]
            ),
        )
        for model in DOCUMENT_TYPES
    ]


def parts_of(names: list[str], language_names: dict[str, str]) -> list[str]:
    """What the holder of these groups may do, one sentence each; of a member without any, one too."""
    known = {
        AUTHOR_GROUP: _("Author: you write and revise documents; the editors publish them."),
        EDITOR_GROUP: _("Editor: you review what authors submit, publish it, and keep the reference lists."),
        FACILITATOR_GROUP: _("Facilitator: you look after the discussions."),
        ADMINISTRATOR_GROUP: _("Administrator: you open languages, give roles and keep the site well."),
    }
    parts = [known[name] for name in names if name in known]
    for name in names:
        prefix, _space, code = name.rpartition(" ")
        language = language_names.get(code.strip("()"), code)
        if prefix == TRANSLATOR_PREFIX:
            parts.append(
                _("Translator: you translate into this language: %(language)s") % {"language": language}
            )
        elif prefix == REVIEWER_PREFIX:
            parts.append(
                _("Language reviewer: you check translations into this language: %(language)s")
                % {"language": language}
            )
    return parts or [_("Member: you take part in the discussions. Ask an editor if you want to write.")]
