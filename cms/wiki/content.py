"""The text of a page as a plain mapping, and back: what an author writes, without what Wagtail keeps beside it."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Page

# Bookkeeping of the tree, of publication and of the editor. None of it is the author's to say, whatever a
# form sends: when a page goes live or comes down is decided by those who publish.
NOT_TEXT = {
    "pk", "id", "page_ptr", "document_ptr", "path", "depth", "numchild", "translation_key", "locale", "alias_of",
    "latest_revision", "latest_revision_created_at", "live", "live_revision", "has_unpublished_changes",
    "first_published_at", "last_published_at", "go_live_at", "expire_at", "expired", "locked", "locked_at",
    "locked_by", "draft_title", "content_type", "url_path", "owner", "wagtail_admin_comments", "comments",
    "index_entries",
}  # fmt: skip


def content_of(page: Page) -> dict[str, Any]:
    """The text of `page` (an instance of its own type), as Wagtail serialises it, without bookkeeping.

    In JSON's values, as a kept copy comes back: a date that has not changed must not look changed.
    """
    return json.loads(json.dumps(text_in(page.serializable_data()), cls=DjangoJSONEncoder))


def text_in(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in NOT_TEXT}


def page_with(page: Page, content: dict[str, Any]) -> Page:
    """`page` as it would be with the text `content`: of its own type, not saved.

    Everything else is as it stands in the database now.
    """
    specific = page.specific
    kept = {name: value for name, value in specific.serializable_data().items() if name in NOT_TEXT}
    return specific.with_content_json({**content, **kept})


def version_of(page: Page, content: dict[str, Any]) -> Page:
    """`page` as it was with the text `content`, to be shown and never saved: of its own type, all in memory.

    What it points to is not asked after, as `page_with` does for each row: whoever shows it leaves out what is
    gone or hidden.
    """
    model: Any = page.specific_class
    version = model.from_serializable_data({"pk": page.pk, **content}, check_fks=False)
    for field in Page._meta.concrete_fields:
        if field.name in NOT_TEXT:
            setattr(version, field.attname, getattr(page, field.attname))
    version.locale = page.locale
    version.pk = page.pk
    return version
