"""A forum with one of each, and one person of each role, for the tables of who may what."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from forum.models import (
    Category,
    LogEntry,
    Mark,
    Member,
    Post,
    PostFile,
    PostTranslation,
    Report,
    ReviewItem,
    Sanction,
    StaffNote,
    Topic,
)
from forum.rules import Access, Trust
from forum.services import delete_post, edit_post, open_topic
from forum.services.curating import hide_topic
from forum.services.exporting import ask_for_copy
from tests.factories.documents import make_document
from tests.forum.moderating import decided, item_of, make_co_facilitator, make_facilitator
from tests.forum.talking import make_category, make_member, make_reply, make_topic, message, said

ROLES = (
    "nobody", "new", "member", "silenced", "suspended", "co elsewhere", "co language", "co", "facilitator",
    "administrator", "author",
)  # fmt: skip


@dataclass
class World:
    """`client` is the browser of whoever arrived last."""

    people: dict
    ids: dict
    client: Client = field(default_factory=Client)

    def arrive(self, role: str) -> None:
        self.client = Client()
        if role != "nobody":
            self.client.force_login(self.people[role])
            ask_for_copy(self.people[role])

    def ask(self, method: str, path: str, data: dict):
        sent = {name: value.format(**self.ids) for name, value in data.items()}
        if "file" in sent:
            sent["file"] = ContentFile(b"Some words.", sent["file"])
        return getattr(self.client, method)(path.format(**self.ids), sent)


def make_world() -> World:
    public = make_category(slug="public", edit_minutes=None)
    inner = make_category(Access.MEMBERS, slug="inner")
    facilitator = make_facilitator()
    closed = make_category(Access.GROUP, group=facilitator.groups.get(), slug="closed")
    author = make_member(date_joined=timezone.now() - timedelta(days=3))  # a young account posts less
    topic = make_topic(author, public, "Open")
    post, other = topic.posts.get(), make_reply(make_member(), topic)
    edit_post(author, post.pk, "Edited since.", "en", seen=1)
    removed, restorable = make_reply(make_member(), topic), make_reply(author, topic)
    delete_post(facilitator, removed.pk, "Rude")
    delete_post(author, restorable.pk)
    hidden = make_topic(author, public, "Hidden")
    Member.objects.filter(user=author).update(trust=Trust.NEW)
    Post.objects.update(created_at=timezone.now() - timedelta(days=3))  # nobody posts too fast
    author = type(author).objects.get(pk=author.pk)
    held = said(author, topic).post
    waiting = open_topic(author, public.pk, "Waiting", message()).post
    refused = said(author, topic).post
    decided(facilitator, item_of(refused), "refuse", "Dull.")
    hide_topic(facilitator, hidden.pk)
    mine, secret = make_topic(make_member(), inner, "Inner"), make_topic(facilitator, closed, "Secret")
    file = PostFile.objects.create(owner=author, post=held, key=uuid4(), name="note.txt", size=5)
    file.file.save("note.txt", ContentFile(b"hello"))
    people = {
        "new": make_member(Trust.NEW),
        "member": make_member(),
        "silenced": make_member(),
        "suspended": make_member(),
        "co elsewhere": make_co_facilitator(inner),
        "co language": make_co_facilitator(public, "es"),
        "co": make_co_facilitator(public, "en"),
        "facilitator": make_facilitator(),
        "administrator": make_member(role="Administrators"),
        "author": author,
    }
    until = timezone.now() + timedelta(days=1)
    for name, until_when in (("silenced", "silenced_until"), ("suspended", "suspended_until")):
        Member.objects.filter(user=people[name]).update(**{until_when: until})
    ids = {
        "topic": topic.pk, "post": post.pk, "other": other.pk, "removed": removed.pk, "restorable": restorable.pk,
        "hidden": hidden.pk, "held": held.pk, "waiting": waiting.topic_id, "refused": refused.pk,
        "inner": mine.pk, "secret": secret.pk, "key": file.key, "item": item_of(held).pk,
        "decision": item_of(refused).pk, "author": author.pk, "somebody": other.author_id, "nonce": uuid4(),
        "seen": item_of(held).version, "page": make_document(title="The bakery").pk,
    }  # fmt: skip
    return World(people, ids)


# What of the forum others can see, or decides over them; and files.
TABLES = (
    PostFile,
    Category,
    Topic,
    Post,
    PostTranslation,
    Mark,
    ReviewItem,
    Report,
    Sanction,
    StaffNote,
    LogEntry,
)


def fingerprint() -> list:
    return [list(model.objects.order_by("pk").values_list()) for model in TABLES]
