"""What is done to documents. Every write is a verb here, in one transaction."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives.models import Document, ReferenceCode, ReferenceSeries
from initiatives.rules import code_year, format_code


def give_reference_code(document: Document) -> str:
    """Return the code of the document's work, giving it one at its first publication.

    Translations share it. The series is locked while a number is taken, so that two publications at once
    get two numbers; a number once taken is never given again.
    """
    existing = ReferenceCode.objects.filter(translation_key=document.translation_key).first()
    if existing:
        return existing.code
    published = (document.first_published_at or timezone.now()).date()
    year = code_year(document.date, document.date_precision, published)
    try:
        with transaction.atomic():
            ReferenceSeries.objects.get_or_create(kind=document.kind, year=year)
            series = ReferenceSeries.objects.select_for_update().get(kind=document.kind, year=year)
            series.last_number += 1
            series.save(update_fields=["last_number"])
            code = format_code(document.kind, year, series.last_number)
            ReferenceCode.objects.create(code=code, translation_key=document.translation_key)
            return code
    except IntegrityError:
        # A translation of the same work was published at the same moment and has the code already.
        return ReferenceCode.objects.get(translation_key=document.translation_key).code
