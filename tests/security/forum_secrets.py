"""A forum with things in it that not everybody may know of, each with a word of its own that stands nowhere else."""

from dataclasses import dataclass, field

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.accounts.models import User
from forum.models import Category, Post, PostFile, ReviewItem, Topic
from forum.rules import Access, Holding, MarkKind, Trust
from forum.services import delete_post, edit_post, give_mark, translate_post
from forum.services.curating import hide_topic
from forum.services.drafts import save_draft
from forum.services.files import attach, markdown_of
from forum.services.sanctioning import note_about
from forum.services.translating import Offered
from initiatives.models import InitiativeFile
from tests.factories.documents import make_document
from tests.forum.moderating import decided, item_of, make_co_facilitator, make_facilitator, reported
from tests.forum.talking import make_category, make_member, make_reply, make_topic, said

COMMON = "sighting"  # stands in every secret text
WORDS = {
    kind: f"zebra{kind}"
    for kind in (
        *("held", "opening", "refused", "deleted", "former", "hidden", "members", "group", "translation"),
        *("report", "note", "draft", "reason"),
    )
}


@dataclass
class Forum:
    """`posts` and `topics` by the word of their secret; "public" are those that everybody reads."""

    document: InitiativeFile
    writer: User
    facilitator: User
    open: Category
    topics: dict[str, Topic] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    files: dict[str, PostFile] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    items: list[ReviewItem] = field(default_factory=list)
    people: dict[str, User] = field(default_factory=dict)


def public_forum() -> Forum:
    document = make_document(title="The bakery", summary="Bread for all.")
    writer, facilitator = make_member(display_name="Wanda"), make_facilitator(display_name="Faye")
    forum = Forum(document, writer, facilitator, make_category(slug="open", name="Open"))
    forum.categories["public"] = forum.open
    topic = make_topic(writer, forum.open, "Morning bread", "A first word.", page=document)
    forum.topics["public"] = topic
    forum.posts["public"] = make_reply(writer, topic, "A second word, which everybody reads.")
    make_topic(writer, forum.open, "Nobody answered this", "A question.")
    forum.people = {
        "newcomer": make_member(Trust.NEW, display_name="Nils"),
        "member": make_member(display_name="Mona"),
        "outsider": make_member(display_name="Otto"),
        "insider": make_member(display_name="Ines"),
        "elsewhere": make_co_facilitator(
            make_category(slug="elsewhere", name="Elsewhere"), display_name="Elsa"
        ),
    }
    forum.people["outsider"].groups.add(Group.objects.create(name="Another group"))
    return forum


def text(kind: str, *more: str) -> str:
    return " ".join([f"A {WORDS[kind]} {COMMON}.", *more])


def with_file(forum: Forum, kind: str, owner: User) -> str:
    # Not in its name, which stands in its address.
    upload = SimpleUploadedFile("notes.txt", f"A {WORDS[kind]} {COMMON}.".encode(), "text/plain")
    forum.files[kind] = attach(owner, upload)
    return markdown_of(forum.files[kind])


def add_secrets(forum: Forum) -> None:
    """What changes nothing of what everybody reads: it waits, was refused, is hidden, or stands elsewhere."""
    newcomer, member = forum.people["newcomer"], forum.people["member"]
    topic = forum.topics["public"]
    mention = f"[@{member.display_name}](/forum/m/{member.pk}/)"
    forum.posts["held"] = said(
        newcomer,
        topic,
        text("held", mention, with_file(forum, "held", newcomer)),
        reply_to=forum.posts["public"].pk,
    ).post
    forum.topics["opening"] = make_topic(
        newcomer, forum.open, f"The {WORDS['opening']} {COMMON}", text("opening"), page=forum.document
    )
    forum.posts["opening"] = forum.topics["opening"].posts.get()
    forum.posts["refused"] = said(newcomer, topic, text("refused")).post
    decided(forum.facilitator, item_of(forum.posts["refused"]), "refuse", f"It is {WORDS['reason']}.")

    hidden = make_topic(
        forum.writer,
        forum.open,
        f"The {WORDS['hidden']} {COMMON}",
        text("hidden", mention, with_file(forum, "hidden", forum.writer)),
        page=forum.document,
    )
    forum.posts["hidden"] = make_reply(forum.writer, hidden, text("hidden", "Again."))
    give_mark(member, forum.posts["hidden"].pk, MarkKind.BOOKMARK)
    hide_topic(forum.facilitator, hidden.pk, f"It is {WORDS['reason']}.")
    forum.topics["hidden"] = hidden

    group = Group.objects.create(name="Inner circle")
    forum.people["insider"].groups.add(group)
    forum.writer.groups.add(group)
    forum.writer.__dict__.pop("_forum_standing", None)
    for kind, access in (("members", Access.MEMBERS), ("group", Access.GROUP)):
        category = make_category(
            access,
            slug=f"room-of-{kind}",
            name=f"The {WORDS[kind]} room",
            holding=Holding.NOBODY,
            **({"group": group} if access == Access.GROUP else {}),
        )
        forum.categories[kind] = category
        forum.topics[kind] = make_topic(
            forum.writer,
            category,
            f"The {WORDS[kind]} {COMMON}",
            text(kind, mention, with_file(forum, kind, forum.writer)),
            page=forum.document,
        )
        forum.posts[kind] = make_reply(forum.writer, forum.topics[kind], text(kind, "Again."))
        give_mark(forum.people["insider"], forum.posts[kind].pk, MarkKind.THANKS)
    offered = Offered(text("translation"), "fr", 1)
    translate_post(newcomer, forum.posts["public"].pk, offered)
    save_draft(
        forum.writer, f"topic:{topic.pk}", {"text": text("draft"), "language": "en"}, sequence=0, window="a"
    )
    note_about(forum.facilitator, forum.writer.pk, text("note"))
    reported(forum.posts["public"], member, text=text("report"))


def add_traces(forum: Forum) -> None:
    """What leaves something that everybody sees: a tombstone; posts that point to what they may not know."""
    topic, writer = forum.topics["public"], forum.writer
    deleted = make_reply(writer, topic, text("former", with_file(forum, "deleted", writer)))
    edit_post(writer, deleted.pk, text("deleted", "Changed."), "en", seen=1)
    # By somebody who does not look: one's own translation stands in the copy of one's own data.
    translate_post(make_member(), deleted.pk, Offered(text("deleted"), "fr", 2))
    give_mark(forum.people["member"], deleted.pk, MarkKind.BOOKMARK)
    forum.posts["deleted"] = delete_post(writer, deleted.pk)
    addresses = [f"http://testserver/forum/p/{post.pk}/" for post in forum.posts.values()]
    make_reply(writer, topic, "\n\n".join(["See:", *addresses]))
    forum.items = list(ReviewItem.objects.all())
