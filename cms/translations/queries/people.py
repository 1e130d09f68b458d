"""Who works on translations, in which language."""

from django.db.models import QuerySet

from cms.accounts.models import User
from cms.accounts.roles import REVIEWER_PREFIX, TRANSLATOR_PREFIX, language_group


def translators_into(code: str) -> QuerySet[User]:
    """Those who may translate into a language by their groups, by name."""
    names = [language_group(prefix, code) for prefix in (TRANSLATOR_PREFIX, REVIEWER_PREFIX)]
    people = User.objects.filter(is_active=True, groups__name__in=names)
    return people.distinct().order_by("display_name", "username")
