"""Comparisons of two published versions."""

from cms.core.prepared import Prepared
from cms.wiki.diffs import OtherFormat, PageDiff, compare, from_json
from cms.wiki.models import KeptDiff, PublishedRevision
from cms.wiki.queries.revisions import Version
from cms.wiki.texts import content_text

_KEPT = Prepared(
    lambda old, new: (
        KeptDiff.objects.filter(old_id=old.number, new_id=new.number).order_by().values_list("diff")
    )
)


def kept_diff(old: Version, new: Version) -> PageDiff | None:
    """The comparison of two public versions, if it was made before and in the form of today. One query."""
    rows = _KEPT.converted(old.pk, new.pk)
    try:
        return from_json(rows[0][0]) if rows else None
    except OtherFormat:
        return None


def compared(old: Version, new: Version) -> PageDiff:
    """The comparison, made now. It depends on the two copies only, and they never change. One query."""
    copies = {
        copy.pk: copy
        for copy in PublishedRevision.objects.visible_to(None)
        .filter(page_id=old.page_id, pk__in=(old.pk, new.pk))
        .select_related("page__content_type")
    }
    model = copies[old.pk].page.specific_class
    return compare(content_text(model, copies[old.pk].content), content_text(model, copies[new.pk].content))
