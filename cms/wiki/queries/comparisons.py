"""Comparisons of two published versions."""

from cms.wiki.diffs import OtherFormat, PageDiff, compare, from_json
from cms.wiki.models import KeptDiff, PublishedRevision
from cms.wiki.queries.revisions import Version
from cms.wiki.texts import content_text


def kept_diff(old: Version, new: Version) -> PageDiff | None:
    """The comparison of two public versions, if it was made before and in the form of today. One query."""
    row = KeptDiff.objects.filter(old_id=old.pk, new_id=new.pk).values_list("diff", flat=True).first()
    try:
        return None if row is None else from_json(row)
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
