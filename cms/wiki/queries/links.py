"""Which pages refer to which: from Wagtail's index of references, and from what documents say of each other."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, F, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from cms.core.visibility import visible_pages
from cms.wiki import kinds

# A reference that no reader follows.
STRUCTURE = ("alias_of",)


def references_between_pages() -> QuerySet[ReferenceIndex]:
    """With the ids as numbers, `source` and `target`. The index holds what pages say now, no draft of a live one."""
    pages = ContentType.objects.get_for_model(Page)
    number = BigIntegerField()
    return (
        ReferenceIndex.objects.filter(base_content_type=pages, to_content_type=pages)
        .exclude(model_path__in=STRUCTURE)
        .annotate(source=Cast("object_id", number), target=Cast("to_object_id", number))
    )


def pages_linking_to(page: Page) -> QuerySet[Page]:
    """The pages that link to `page` or name it in a field, as far as anybody may read them."""
    sources = references_between_pages().filter(to_object_id=str(page.pk)).exclude(source=F("target"))
    naming = kinds.pages_naming(page.specific)
    return (
        visible_pages(Page.objects.all(), None)
        .filter(Q(pk__in=sources.values("source")) | Q(pk__in=naming), alias_of__isnull=True)
        .exclude(pk=page.pk)
        .select_related("locale")
        .order_by("title", "pk")
    )
