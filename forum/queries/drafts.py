"""One's own drafts."""

from forum.models import Draft


def draft_of(user, key: str) -> Draft | None:
    """One query."""
    return Draft.objects.filter(user=user, key=key).first()
