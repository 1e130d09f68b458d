"""Publications for tests of the public history: each with an author and a word on it."""

from datetime import timedelta

from cms.core.page_cache.stamp import bump_stamp
from cms.wiki.models import PublishedRevision
from cms.wiki.services.publication import Note, publishing


def publish(page, author=None, **changes) -> PublishedRevision:
    """`page` with some fields changed goes public; `note_…` says what is told of it. Returns the copy."""
    told = {
        name.removeprefix("note_"): changes.pop(name) for name in list(changes) if name.startswith("note_")
    }
    fresh = type(page)._base_manager.get(pk=page.pk)
    for name, value in changes.items():
        setattr(fresh, name, value)
    with publishing(Note(author=author, **told)):
        fresh.save_revision(user=author).publish()
    bump_stamp()
    return PublishedRevision.objects.filter(page_id=page.pk).latest("number")


def versions(page) -> list[PublishedRevision]:
    return list(PublishedRevision.objects.filter(page_id=page.pk).order_by("number"))


def many_versions(page, count: int, author=None) -> None:
    """Bring the versions of a page to `count` in number, in bulk: all say the same."""
    last = versions(page)[-1]
    PublishedRevision.objects.bulk_create(
        PublishedRevision(
            page_id=page.pk,
            number=number,
            published_at=last.published_at + timedelta(minutes=number),
            title=last.title,
            content=last.content,
            language=last.language,
            author=author,
            author_name=author.shown_name if author else "",
            summary=f"change {number}",
            size=last.size,
        )
        for number in range(last.number + 1, count + 1)
    )
    bump_stamp()
