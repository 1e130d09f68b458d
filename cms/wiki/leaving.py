"""The wiki's part when an account is closed: texts stay, under the name their author chose."""

from django.utils.translation import gettext_lazy as _

from cms.accounts.closing import Part, in_one_go
from cms.wiki.services.crediting import credit_departed


def closing_part() -> Part:
    return Part(
        "wiki",
        in_one_go(credit_departed),
        says=[_("What you wrote for the library stays, for others have built on it.")],
    )
