"""What a member finds on the desk: what they wrote, where it stands, what they may do next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.accounts.roles import (
    ADMINISTRATOR_GROUP,
    AUTHOR_GROUP,
    EDITOR_GROUP,
    FACILITATOR_GROUP,
    REVIEWER_PREFIX,
    TRANSLATOR_PREFIX,
)
from cms.core.dates import written_date
from cms.wiki.queries.receipts import Receipt, receipts, reviewed_revisions
from initiatives.models import DOCUMENT_TYPES, LibraryPage

SHOWN = 12


@dataclass(frozen=True, slots=True)
class MyPage:
    """A page somebody wrote or edited, and where it stands."""

    title: str
    kind: str
    lang: str
    state: str  # key for styling: draft, published, revised
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


@dataclass(frozen=True, slots=True)
class MyText:
    """A text of somebody that is not public yet, or that the editors declined, and where it stands."""

    receipt: Receipt
    kind: str
    state_text: str
    since: str  # the day, written out
    public_url: str  # of the page as readers see it; empty while it was never public


def my_texts(user) -> list[MyText]:
    """What `user` has under way, the last touched first. Seven queries at most."""
    return [describe_text(each) for each in receipts(user)]


def describe_text(receipt: Receipt) -> MyText:
    submission = receipt.submission
    in_queue = receipt.may_take_back
    since = submission.submitted_at if in_queue else submission.decided_at
    page = submission.page
    return MyText(
        receipt,
        kind_of(page),
        text_state(receipt),
        written_date(timezone.localdate(since or submission.saved_at)),
        (page.get_url() or "") if page.live else "",
    )


def text_state(receipt: Receipt) -> str:
    """Where a text stands, in a few words."""
    if receipt.state == "moderation":
        return _("With %(group)s") % {"group": receipt.group}
    return {
        "draft": _("Draft"),
        "revised": _("Published; your changes are still a draft"),
        "turn": _("Waits for its turn"),
        "changes": _("Changes are asked for"),
        "conflict": _("Choose between two texts"),
        "declined": _("Declined"),
    }[receipt.state]


def my_pages(user, besides: set[int]) -> list[MyPage]:
    """Pages `user` edited, or owns as drafts, but `besides`; the last edited first, at most `SHOWN`. Four queries.

    `besides`: ids of those that stand on the desk already, with the text under way.
    """
    edits = {
        int(pk): last
        for pk, last in Revision.page_revisions.filter(user=user)
        .exclude(object_id__in=[str(pk) for pk in besides])
        .order_by()
        .values_list("object_id")
        .annotate(last=Max("created_at"))
        .order_by("-last")[:SHOWN]
    }
    drafts = (
        Page.objects.filter(owner=user, live=False)
        .exclude(pk__in=besides)
        .values_list("pk", flat=True)[:SHOWN]
    )
    pages = Page.objects.filter(pk__in={*edits, *drafts}).select_related(
        "locale", "content_type", "latest_revision"
    )
    in_review = set(reviewed_revisions([page.latest_revision_id for page in pages]))
    mine = [
        describe(
            page,
            # Not what waits for a decision: that is somebody's submission.
            page.latest_revision_id not in in_review
            and page.latest_revision is not None
            and page.latest_revision.user_id == user.pk,
            edits.get(page.pk) or page.latest_revision_created_at,
        )
        for page in pages
    ]
    return sorted(mine, key=lambda page: page.edited.timestamp() if page.edited else 0, reverse=True)[:SHOWN]


def describe(page: Page, changed_by_me: bool, edited: datetime | None) -> MyPage:
    state, text = page_state(page.live, page.has_unpublished_changes and changed_by_me)
    return MyPage(
        title=page.title if page.live else page.draft_title,
        kind=kind_of(page),
        lang=page.locale.language_code,
        state=state,
        state_text=text,
        edited=edited,
        edited_text=written_date(timezone.localdate(edited)) if edited else "",
        edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        public_url=(page.get_url() or "") if page.live else "",
    )


def kind_of(page: Page) -> str:
    model = page.content_type.model_class()
    return capfirst(str(model._meta.verbose_name)) if model else ""


def page_state(live: bool, changed: bool) -> tuple[str, str]:
    """Where a page without a text under way stands, as a key and in words."""
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
