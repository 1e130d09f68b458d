"""What stays of somebody whose account is closed: their texts, under the name they chose."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Revision

from cms.accounts.models import FORMER_MEMBER, User
from cms.notifications.services import forget_actor
from cms.wiki.models import PublishedRevision, Submission


@transaction.atomic
def credit_departed(user: User) -> None:
    """Credit what `user` wrote to their display name, or to a former member, in the language of each text.

    To be called before the account is deleted. Nobody else's credit is touched: among co-authors, who are kept
    by name, their name is looked for only on pages where they saved a text.
    """
    former = user.credit_after_closing == FORMER_MEMBER
    forget_actor(user, "" if former else user.shown_name, family="wiki")
    languages = _languages(user)
    for language in languages:
        name = former_member(language) if former else user.shown_name
        copies = PublishedRevision.objects.filter(author=user, language=language)
        copies.update(author_name=name)
        texts = Submission.objects.filter(author=user, page__locale__language_code=language)
        texts.update(author_name=name)
    if former:
        _forget_among_co_authors(user)


def former_member(language: str) -> str:
    with translation.override(language):
        return _("a former member")


def _languages(user: User) -> set[str]:
    written = PublishedRevision.objects.filter(author=user).order_by().values_list("language")
    begun = Submission.objects.filter(author=user).order_by().values_list("page__locale__language_code")
    return {code for (code,) in written.union(begun)}


def _forget_among_co_authors(user: User) -> None:
    saved = (
        Revision.page_revisions.filter(user=user).order_by().values_list("object_id", flat=True).distinct()
    )
    pages = [int(pk) for pk in saved]
    for model, language in ((PublishedRevision, "language"), (Submission, "page__locale__language_code")):
        rows = model.objects.filter(page_id__in=pages).exclude(co_authors=[])
        for pk, names, code in rows.values_list("pk", "co_authors", language):
            if user.shown_name in names:
                known = [former_member(code) if name == user.shown_name else name for name in names]
                model.objects.filter(pk=pk).update(co_authors=known)
