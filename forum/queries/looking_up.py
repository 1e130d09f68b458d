"""What a post points to on this site, as far as everybody may see it: titles, names, files."""

from uuid import UUID

from django.template.defaultfilters import filesizeformat
from wagtail.models import Page

from cms.accounts.models import User
from cms.core.addresses import tree_address
from cms.core.languages import direction, home_rows
from cms.core.visibility import visible_pages
from forum.marking import Found, FoundFile, Shown
from forum.models import Post, PostFile
from forum.rendering import POST, Asked, LookUp

MOST = 60  # of each, in one text; the others stay as they were written


def look_up_for(author) -> LookUp:
    """For `forum.rendering.render`. At most four queries, only for what is asked.

    Titles are those that anybody may read: a post's text is read by others than its author. Files: the author's own,
    and those that are posted already.
    """

    def look_up(asked: Asked) -> Found:
        return Found(
            titles=titles_of(sorted(asked.addresses)[:MOST]),
            members=names_of(sorted(asked.members)[:MOST]),
            files=files_of(sorted(asked.files)[:MOST], author.pk if author else 0),
        )

    return look_up


def titles_of(addresses: list[str]) -> dict[str, Shown]:
    posts = {int(match[1]): path for path in addresses if (match := POST.match(path))}
    found = {}
    if posts:
        rows = Post.objects.shown_to(None).filter(pk__in=posts)
        for pk, number, title, language in rows.values_list(
            "pk", "number", "topic__title", "topic__language"
        ):
            found[posts[pk]] = Shown(f"{title} ({number})", language, direction(language))
    wanted = {_tree_path(path): path for path in addresses if not POST.match(path)}
    wanted.pop("", None)
    if wanted:
        pages = visible_pages(Page.objects.filter(url_path__in=_url_paths(wanted)), None)
        for title, language, url_path in pages.values_list("title", "locale__language_code", "url_path"):
            address = tree_address(language, url_path)
            if address in wanted:
                found[wanted[address]] = Shown(title, language, direction(language))
    return found


def _tree_path(path: str) -> str:
    """The address without what follows `?` or `#`."""
    return path.partition("#")[0].partition("?")[0]


def _url_paths(addresses: dict[str, str]) -> list[str]:
    """What `Page.url_path` is for these addresses: the address of a page is made of it, see `tree_address`."""
    roots = {row.language: row.url_path for row in home_rows() if row.of_default_site}
    paths = []
    for address in addresses:
        language, _slash, rest = address.lstrip("/").partition("/")
        if language in roots:
            paths.append(f"{roots[language]}{rest}")
    return paths


def names_of(ids: list[int]) -> dict[int, str]:
    if not ids:
        return {}
    return {user.pk: user.shown_name for user in User.objects.filter(pk__in=ids, is_active=True)}


def files_of(keys: list[str], author_id: int) -> dict[str, FoundFile]:
    valid = [key for key in keys if _is_uuid(key)]
    if not valid:
        return {}
    rows = PostFile.objects.filter(key__in=valid)
    return {
        str(row.key): FoundFile(row.name, row.is_picture, row.width, row.height, filesizeformat(row.size))
        for row in rows
        if row.owner_id == author_id or row.post_id is not None
    }


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
