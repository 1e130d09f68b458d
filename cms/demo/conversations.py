"""The demo's forum: invented members who talk, through the forum's own verbs, on the days that the files name.

A topic is played whole or, where its first post exists, not at all: what people did with it since is theirs.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import F

from cms.accounts.models import User
from cms.core.addresses import tree_address
from cms.demo.clock import clock_at, parse_moment
from cms.demo.people import JOINED
from cms.demo.reading import identity
from forum.errors import Refused, TooMany
from forum.models import Category, CategoryText, CoFacilitator, Member, Post, Topic
from forum.quoting import quotation
from forum.rules import Trust
from forum.services import delete_post, edit_post, give_mark, open_topic, reply, translate_post
from forum.services.curating import close_topic, pin_topic
from forum.services.posting import Message
from forum.services.reporting import report_post
from forum.services.splitting import split_topic
from forum.services.translating import Offered
from forum.services.trusting import recount_trust
from forum.standing import forget_standing
from initiatives.models import Document

QUOTED = re.compile(r"^>(?:([\w-]+)/)?(\d+) (.+)$", re.MULTILINE)
NAMED = re.compile(r"(?<![\w@/])@([a-z][a-z-]*)")
LINKED = re.compile(r"\((doc|post):([\w/-]+)\)")


@dataclass
class ConversationLoader:
    """`file`: what the folder `forum` holds: `members`, `categories`, and `topics` by key. `note` is told what was left out."""

    file: dict[str, Any]
    note: Callable[[str], object] = print
    people: dict[str, User] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)

    def load(self) -> int:
        """Returns how many pieces were added. Without the demo's accounts there is nobody to talk: nothing is."""
        self.people = User.objects.in_bulk([*self.accounts()], field_name="username")
        if "facilitator" not in self.people:
            return 0
        added = self.load_members() + self.load_categories()
        missing = [
            key
            for key in sorted(self.file["topics"])
            if not Post.objects.filter(message_id=message_id(key, 1)).exists()
        ]
        if missing:
            self.trust_people()
            added += sum(self.play(key) for key in missing)
            recount_trust(person.pk for person in self.people.values())
        return added

    def play(self, key: str) -> bool:
        """Not where something was changed meanwhile that keeps one of them from talking there."""
        try:
            with transaction.atomic():
                Conversation(self, key, self.file["topics"][key]).play()
        except (Refused, TooMany, ObjectDoesNotExist) as error:
            self.note(f"forum: {key} was left out ({type(error).__name__}: {error})")
            return False
        return True

    def accounts(self) -> set[str]:
        """Everybody who says or marks something."""
        named = {"facilitator"}
        for topic in self.file["topics"].values():
            for post in topic["posts"]:
                named |= {
                    post["by"],
                    *(name for names in (post.get("marks") or {}).values() for name in names),
                }
                named |= {one["by"] for one in (post.get("translations") or {}).values()}
                named |= {one["by"] for one in post.get("reports") or []}
        return named

    def load_members(self) -> int:
        made = 0
        for key, one in self.file["members"].items():
            if key in self.people:
                continue
            user = User(
                username=key,
                # An address of its own: nobody is told to log in as an invented member.
                email=f"{key}@members.example.org",
                display_name=one["name"],
                interface_language=one["languages"][0],
                languages_read=one["languages"],
                languages_written=one["languages"][:1],
                date_joined=JOINED,
            )
            user.set_unusable_password()
            user.save()
            self.people[key] = user
            made += 1
        return made

    def trust_people(self) -> None:
        """While they talk, as members who have been here for a while; but for those who are new in the file."""
        ids = [user.pk for user in self.people.values()]
        Member.objects.bulk_create([Member(user_id=pk) for pk in ids], ignore_conflicts=True)
        newcomers = {key for key, one in self.file["members"].items() if one.get("new")}
        for key, user in self.people.items():
            trust = Trust.NEW if key in newcomers else Trust.MEMBER
            Member.objects.filter(pk=user.pk).update(trust=trust)
            forget_standing(user)

    def load_categories(self) -> int:
        made = 0
        for position, (slug, one) in enumerate(self.file["categories"].items(), 1):
            category = Category.objects.filter(slug=slug).first()
            if category is None:
                category = self.make_category(slug, one, position)
                made += 1
            self.categories[slug] = category
        return made

    def make_category(self, slug: str, one: dict, position: int) -> Category:
        group = None
        if one.get("group"):
            group, _created = Group.objects.get_or_create(name=one["group"])
            for key in one["members"]:
                self.people[key].groups.add(group)
        minutes = one.get("edit_minutes", 24 * 60)
        category = Category.objects.create(
            slug=slug,
            position=position,
            access=one["access"],
            group=group,
            opening=one["opening"],
            holding=one["holding"],
            edit_minutes=None if minutes == "none" else minutes,
        )
        for language, name in one["name"].items():
            description = one["description"][language]
            CategoryText.objects.create(
                category=category, language=language, name=name, description=description
            )
        for key, member in self.file["members"].items():
            for language in (member.get("looks_after") or {}).get(slug, []):
                CoFacilitator.objects.create(category=category, user=self.people[key], language=language)
        return category

    def name(self, key: str) -> str:
        return self.people[key].shown_name


@dataclass
class Conversation:
    """One topic that is played: `posts` are those it has so far, by number in the file."""

    demo: ConversationLoader
    key: str
    file: dict[str, Any]
    posts: dict[int, Post] = field(default_factory=dict)
    topic: Topic | None = None

    def play(self) -> None:
        split = self.file.get("split")
        for number, one in enumerate(self.file["posts"], 1):
            self.say(number, one)
            if split and split["after"] == number:
                self.split(split)
        topic = self.opened()
        facilitator = self.demo.people["facilitator"]
        if self.file.get("pinned"):
            with clock_at(parse_moment(self.file["posts"][0]["at"])):
                pin_topic(facilitator, topic.pk, True)
        if closed := self.file.get("closed"):
            with clock_at(parse_moment(closed["at"])):
                close_topic(self.demo.people[closed["by"]], topic.pk, True, closed["reason"])
        if not self.file.get("tell"):
            # Old when the demo is loaded: nobody is to find sixty mails about it.
            Post.objects.filter(pk__in=[post.pk for post in self.posts.values()]).update(
                told_version=F("version")
            )

    def opened(self) -> Topic:
        if self.topic is None:
            raise ValueError(f"{self.key}: nothing was said yet")
        return self.topic

    def say(self, number: int, one: dict) -> None:
        language = one.get("language", self.file["language"])
        author = self.demo.people[one["by"]]
        message = Message(
            self.text(one["text"], language),
            language,
            nonce=identity("forum", f"{self.key}/{number}"),
            message_id=message_id(self.key, number),
        )
        with clock_at(parse_moment(one["at"])):
            if self.topic is None:
                category = self.demo.categories[self.file["category"]]
                page = self.document(self.file.get("about"), language)
                post = open_topic(author, category.pk, self.file["title"], message, page=page).post
                self.topic = Topic.objects.get(pk=post.topic_id)
            else:
                post = reply(author, self.topic.pk, message).post
            self.posts[number] = post
            for kind, names in (one.get("marks") or {}).items():
                for name in names:
                    give_mark(self.demo.people[name], post.pk, kind)
        for happening in self.happenings(one, language):
            happening(post)

    def happenings(self, one: dict, language: str) -> Iterator:
        """What was done with a post later, in the order of time."""
        later: list[tuple[str, Any]] = []
        for code, each in (one.get("translations") or {}).items():
            offered = (self.text(each["text"], code), code)
            later.append((each["at"], self.at(each, lambda user, post, o=offered: translate(user, post, *o))))
        for each in one.get("edits") or []:
            text = self.text(each["text"], language)
            later.append(
                (each["at"], self.at(each, lambda user, post, t=text: edit(user, post, t, language)))
            )
        for each in one.get("reports") or []:
            said = (each["reason"], each.get("text", ""))
            later.append(
                (each["at"], self.at(each, lambda user, post, s=said: report_post(user, post.pk, *s)))
            )
        if each := one.get("deleted"):
            later.append((each["at"], self.at(each, lambda user, post: delete_post(user, post.pk))))
        return (happening for _moment, happening in sorted(later, key=lambda pair: pair[0]))

    def at(self, one: dict, verb):
        def happen(post: Post) -> None:
            with clock_at(parse_moment(one["at"])):
                verb(self.demo.people[one["by"]], post)

        return happen

    def split(self, one: dict) -> None:
        first, last = one["posts"]
        with clock_at(parse_moment(one["at"])):
            split_topic(
                self.demo.people[one["by"]],
                self.opened().pk,
                ((first, last),),
                one["title"],
                reason=one["reason"],
            )

    # --- what the files write for short

    def text(self, text: str, language: str) -> str:
        """Markdown as a member would have written it: quotations, mentions, addresses."""
        text = QUOTED.sub(self.quoted, text.strip())
        text = LINKED.sub(lambda match: f"({self.address(match[1], match[2], language)})", text)
        return NAMED.sub(self.named, text)

    def quoted(self, match: re.Match) -> str:
        post = self.post(match[1] or self.key, int(match[2]))
        author = post.author
        name = author.display_name if author else ""
        return quotation(post.pk, post.number, match[3], post.author_id, name).rstrip()

    def named(self, match: re.Match) -> str:
        person = self.demo.people.get(match[1])
        return f"[@{person.display_name}](/forum/m/{person.pk}/)" if person else match[0]

    def address(self, kind: str, key: str, language: str) -> str:
        if kind == "post":
            topic, _slash, number = key.partition("/")
            return f"/forum/p/{self.post(topic, int(number)).pk}/"
        page = self.document(key, language)
        if page is None:
            raise ValueError(f"{self.key}: there is no document {key}")
        return tree_address(page.locale.language_code, page.url_path)

    def post(self, key: str, number: int) -> Post:
        if key == self.key:
            return Post.objects.select_related("author").get(pk=self.posts[number].pk)
        return Post.objects.select_related("author").get(message_id=message_id(key, number))

    def document(self, key: str | None, language: str) -> Document | None:
        """In that language, else as it was written."""
        if key is None:
            return None
        rows = Document.objects.filter(translation_key=identity("documents", key)).select_related("locale")
        found = {row.locale.language_code: row for row in rows}
        return found.get(language) or next(
            (row for code, row in found.items() if code == row.written_in), None
        )


def message_id(key: str, number: int) -> str:
    """Always the same, so that a second run finds it."""
    return f"<forum.{key}.{number}@demo.example.org>"


def translate(user: User, post: Post, text: str, language: str) -> None:
    current = Post.objects.get(pk=post.pk)
    translate_post(user, post.pk, Offered(text, language, current.version))


def edit(user: User, post: Post, text: str, language: str) -> None:
    current = Post.objects.get(pk=post.pk)
    edit_post(user, post.pk, text, language, seen=current.version)
