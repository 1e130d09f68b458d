"""The copy of a member's data."""

from forum.models import DataExport


def copy_of(user) -> DataExport | None:
    """Theirs, being made or ready."""
    return DataExport.objects.filter(pk=user.pk).first()
