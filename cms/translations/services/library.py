"""Approved words enter the translation library's own tables, so that its tools find what was translated."""

from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.translations.models import TranslationTask
from cms.translations.queries.works import original_of


def share_with_library(task: TranslationTask) -> int:
    """Write the published translation of `task` into `StringTranslation`. Returns how many segments it took.

    Words that it no longer says go: what was approved for an older source is in this site's own memory.

    Some hundred queries for a long page: for the worker. Its `Translation` stays disabled: enabled, the library's own
    editor would take the place of the page's, and its ways of publishing ask nobody.
    """
    original = original_of(task.work)
    if original is None or task.baseline is None:
        return 0
    source, _created = TranslationSource.update_or_create_from_instance(original)
    Translation.objects.get_or_create(
        source=source, target_locale=task.target_locale, defaults={"enabled": False}
    )
    known = {(row["path"], row["source"]): row["target"] for row in task.baseline.segments if row["target"]}
    rows = [
        StringTranslation(
            locale_id=task.target_locale_id,
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            data=words,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        for segment in source.stringsegment_set.select_related("string", "context")
        if (words := known.get((segment.context.path, segment.string.data)))
    ]
    StringTranslation.objects.filter(
        locale_id=task.target_locale_id, context__object_id=task.work.translation_key
    ).exclude(data__in=set(known.values())).delete()
    StringTranslation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "translation_type", "updated_at", "has_error", "field_error"],
    )
    return len(rows)
