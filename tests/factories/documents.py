"""Documents and accounts for tests."""

import itertools

from django.contrib.auth.models import Group
from wagtail.models import Locale

from cms.accounts.models import User
from cms.core.page_cache.stamp import bump_stamp
from initiatives.models import Document, InitiativeFile, LibraryPage

_numbers = itertools.count(1)


def make_document(
    cls: type[Document] = InitiativeFile,
    lang: str = "en",
    title: str = "",
    translation_of: Document | None = None,
    publish: bool = True,
    **fields,
) -> Document:
    """A document under the library of `lang` (needs the `site` fixture). Lists set inline children or tags."""
    number = next(_numbers)
    locale = Locale.objects.get(language_code=lang)
    title = title or f"Document {number}"
    page = cls(
        title=title, slug=f"document-{number}", locale=locale, live=False, summary=f"Summary of {title}."
    )
    if translation_of is not None:
        page.translation_key = translation_of.translation_key
        page.written_in = translation_of.written_in
        page.date, page.date_precision = translation_of.date, translation_of.date_precision
    for name, value in fields.items():
        setattr(page, name, value)
    page.full_clean(exclude=["path", "depth", "url_path"])
    LibraryPage.objects.get(locale=locale).add_child(instance=page)
    if publish:
        page.save_revision().publish()
        page.refresh_from_db()
    bump_stamp()
    return page


def make_user(role: str | None = None, name: str = "", **fields) -> User:
    """A confirmed account, in the group `role` if one is given (needs the `site` fixture then)."""
    number = next(_numbers)
    name = name or f"user{number}"
    user = User.objects.create_user(name, f"{name}@example.org", "a long enough password", **fields)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user
