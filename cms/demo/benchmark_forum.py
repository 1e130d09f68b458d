"""The benchmark's forum: a million posts in some minutes, invented, the same in every run.

Posts lie in the table in the order in which they came, as in a forum that grew: those of one topic far apart.
"""

import datetime
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from django.db import connection, transaction

from cms.accounts.models import User
from cms.accounts.services import give_role
from cms.core.page_cache.stamp import bump_stamp
from cms.demo import benchmark_words as words
from cms.demo.benchmark_rows import Table, follow_ids, next_id, roomy
from forum.models import Category, CategoryText, Mark, Member, Post, PostTranslation, Reading, Topic
from forum.rendering import render
from forum.rules import Access, Level, MarkKind, PostState, Trust

LONGEST_SHARE = 20  # the longest topic holds one in so many of all posts
AUTHORS = 200
READER = "benchmark-member"  # who reads while it is measured
WRITER = "benchmark-facilitator"  # who writes: nobody else may write so fast
CATEGORIES = (
    ("benchmark-illustrate", Access.PUBLIC, 30),
    ("benchmark-debate", Access.PUBLIC, 40),
    ("benchmark-propose", Access.PUBLIC, 20),
    ("benchmark-members", Access.MEMBERS, 10),
)
BEGIN = datetime.datetime(2021, 1, 4, 8, 0, tzinfo=datetime.UTC)
SPAN = 5 * 365 * 86400  # seconds
PARAGRAPHS = 300  # in each language
SAID_EVERY = 50_000  # posts
_NUMBER_BITS, _TOPIC_BITS = 20, 20


@dataclass
class Plan:
    """How many posts each topic has, and when each came; topics and numbers as bits of one whole number."""

    sizes: list[int]
    order: list[int] = field(default_factory=list)

    @classmethod
    def make(cls, topics: int, posts: int) -> "Plan":
        chance = Random(f"forum {topics} {posts}")
        plan = cls(sizes_of(topics, posts, chance))
        for topic, size in enumerate(plan.sizes):
            begin = 0 if topic == 0 else chance.random() * SPAN * 0.98
            lasts = SPAN - begin if topic == 0 else min(SPAN - begin, size * 40_000)
            for number in range(1, size + 1):
                second = int(begin + lasts * (number - 1 + chance.random()) / size)
                plan.order.append((second << _TOPIC_BITS | topic) << _NUMBER_BITS | number)
        plan.order.sort()
        return plan

    def posts(self) -> Iterator[tuple[int, int, int]]:
        """(second, topic, number) in the order of time."""
        for packed in self.order:
            rest = packed >> _NUMBER_BITS
            yield rest >> _TOPIC_BITS, rest & (1 << _TOPIC_BITS) - 1, packed & (1 << _NUMBER_BITS) - 1


def sizes_of(topics: int, posts: int, chance: Random) -> list[int]:
    """One long topic, many short ones; at least one post each."""
    longest = max(1, posts // LONGEST_SHARE) if topics > 1 else posts
    weights = [min(chance.paretovariate(1.3), 60) for _topic in range(topics - 1)]
    spare, total = posts - longest - (topics - 1), sum(weights)
    sizes, given, reached = [longest], 0, 0.0
    for weight in weights:
        reached += weight
        more = round(spare * reached / total) - given
        given += more
        sizes.append(1 + more)
    return sizes


@dataclass
class Text:
    source: str
    html: str


def texts_in(language: str) -> list[Text]:
    """Paragraphs that posts are put together from, rendered once."""
    made = []
    for number in range(PARAGRAPHS):
        chance = Random(f"paragraph {language} {number}")
        sentences = [words.sentence(chance, language) for _each in range(chance.randint(1, 4))]
        if number % 5 == 1:
            sentences[0] = f"**{sentences[0]}**"
        if number % 7 == 2:
            sentences[-1] += f" https://example.org/{language}/{number}"
        source = " ".join(sentences)
        if number % 9 == 3:
            # With words after it: two lists in a row would be one.
            source = "\n".join(f"- {each}" for each in sentences) + f"\n\n{sentences[0]}"
        if number % 11 == 4:
            source = f"> {source}"
        made.append(Text(source, render(source).html))
    return made


def load_forum(topics: int, posts: int, languages: tuple[str, ...], say: Callable[[str], None]) -> int:
    """Fill the forum, unless it has been filled already; return how many posts were made.

    All in one transaction: cut short, nothing is there.
    """
    if Category.objects.filter(slug=CATEGORIES[0][0]).exists():
        say("The forum is filled already: nothing to do.")
        return 0
    roomy()
    with transaction.atomic():
        people = load_people()
        loader = Loader(Plan.make(topics, posts), languages, people, load_categories(), say)
        loader.write_topics()
        loader.write_posts()
        loader.write_what_topics_count()
        loader.write_readings()
        follow_ids(Topic, Post, PostTranslation, Mark, Reading)
    bump_stamp()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return posts


def load_people() -> list[int]:
    names = [READER, WRITER, *(f"benchmark-author-{number}" for number in range(1, AUTHORS + 1))]
    rows = [
        User(username=name, email=f"{name}@example.org", display_name=name.replace("-", " ").capitalize())
        for name in names
    ]
    User.objects.bulk_create(rows)
    Member.objects.bulk_create(Member(user_id=row.pk, trust=Trust.TRUSTED) for row in rows)
    give_role(rows[1], "Facilitators")
    return [row.pk for row in rows]


def load_categories() -> list[Category]:
    made = []
    for position, (slug, access, _share) in enumerate(CATEGORIES):
        category = Category.objects.create(slug=slug, access=access, position=position)
        name = slug.removeprefix("benchmark-").capitalize()
        CategoryText.objects.create(category=category, language="en", name=name)
        made.append(category)
    return made


class Loader:
    def __init__(self, plan: Plan, languages: tuple[str, ...], people: list[int], categories, say):
        self.plan = plan
        self.languages = languages
        self.reader, _writer, *self.authors = people
        self.categories = categories
        self.say = say
        self.first_topic, self.first_post = next_id(Topic), next_id(Post)
        chance = Random("topics")
        shares = [share for *_category, share in CATEGORIES]
        self.places = chance.choices(categories, shares, k=len(plan.sizes))
        self.places[0] = categories[1]  # the long one is public
        self.said_in = chance.choices(languages, k=len(plan.sizes))
        self.begun: dict[int, int] = {}  # of each topic, its first second
        self.last: dict[int, tuple[int, int]] = {}  # its newest post that is published, and when that came
        self.gone: dict[int, int] = {}  # how many of its posts were deleted

    def write_topics(self) -> None:
        for second, topic, number in self.plan.posts():
            if number == 1:
                self.begun[topic] = second
        table = Table(
            Topic,
            *(
                "id",
                "category_id",
                "title",
                "language",
                "author_id",
                "created_at",
                "bumped_at",
                "closed",
                "pinned",
            ),
            bumped_at=BEGIN,
            created_at=BEGIN,
        )

        def rows():
            chance = Random("titles")
            for topic in range(len(self.plan.sizes)):
                language = self.said_in[topic]
                title = f"{chance.choice(words.SUBJECTS[language])} {topic + 1}"
                begun = table.prepared("created_at", moment(self.begun[topic]))
                yield table.row(
                    *(self.first_topic + topic, self.places[topic].pk, title, language),
                    *(chance.choice(self.authors), begun, begun, topic % 50 == 7, topic in (1, 2, 3)),
                )

        table.write(rows())
        self.say(f"topics: {len(self.plan.sizes)}")

    def write_posts(self) -> None:
        table = Table(
            Post,
            *("id", "topic_id", "number", "author_id", "language", "source", "html", "state", "message_id"),
            *("nonce", "digest", "created_at", "published_at", "reply_to_id", "deleted_at", "marks"),
            told_version=1,
            created_at=BEGIN,
            language=self.languages[0],
        )
        marks = Marks(self.authors)
        translations = Translations(self)
        table.write(self.rows_of_posts(table, marks, translations))
        marks.write()
        translations.write()

    def rows_of_posts(self, table: Table, marks: "Marks", translations: "Translations") -> Iterator[list]:
        chance, post = Random("posts"), self.first_post
        pick, authors = chance.random, self.authors
        pools = {language: texts_in(language) for language in self.languages}
        no_marks = table.prepared("marks", {})
        total = len(self.plan.order)
        for at, (second, topic, number) in enumerate(self.plan.posts(), 1):
            language = self.said_in[topic]
            if pick() < 0.2:
                language = self.languages[int(pick() * len(self.languages))]
            pool = pools[language]
            texts = [pool[int(pick() * PARAGRAPHS)] for _each in range(1 + int(pick() * 3))]
            came = table.prepared("created_at", moment(second))
            deleted = pick() < 0.005 and number > 1
            given = (
                table.prepared("marks", marks.give(post, chance))
                if pick() < 0.05 and not deleted
                else no_marks
            )
            answers = self.last.get(topic) if pick() < 0.3 else None
            yield table.row(
                *(post, self.first_topic + topic, number, authors[int(pick() * AUTHORS)], language),
                "\n\n".join(text.source for text in texts),
                "\n".join(text.html for text in texts),
                PostState.DELETED if deleted else PostState.PUBLISHED,
                f"<forum.benchmark-{post:08}@example.org>",
                table.prepared("nonce", uuid.UUID(int=post)),
                *(
                    f"{post:032x}",
                    came,
                    came,
                    answers[0] if answers else None,
                    came if deleted else None,
                    given,
                ),
            )
            if deleted:
                self.gone[topic] = self.gone.get(topic, 0) + 1
            else:
                self.last[topic] = (post, second)
                if pick() < 0.01:
                    translations.add(post, language, chance)
            post += 1
            if at % SAID_EVERY == 0 or at == total:
                self.say(f"posts: {at} of {total}")

    def write_what_topics_count(self) -> None:
        field = Topic._meta.get_field("bumped_at")
        rows = [
            (
                size - self.gone.get(topic, 0),
                size,
                self.last[topic][0],
                field.get_db_prep_save(moment(self.last[topic][1]), connection),
                self.first_topic + topic,
            )
            for topic, size in enumerate(self.plan.sizes)
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE forum_topic SET posts_count = %s, highest_number = %s, last_post_id = %s, bumped_at = %s"
                " WHERE id = %s",
                rows,
            )
        for category in self.categories:
            counts = [row[0] for row, place in zip(rows, self.places, strict=True) if place is category]
            Category.objects.filter(pk=category.pk).update(topics_count=len(counts), posts_count=sum(counts))

    def write_readings(self) -> None:
        """The reader has read most topics, many of them not to their end, and follows some."""
        table = Table(Reading, "id", "topic_id", "last_read", "level", "reason", user_id=self.reader)
        chance, first = Random("readings"), next_id(Reading)

        def rows():
            for topic, size in enumerate(self.plan.sizes):
                if chance.random() < 0.9:
                    read = size if chance.random() < 0.7 else chance.randint(1, size)
                    level = chance.choice([Level.WATCHING, Level.TRACKING]) if chance.random() < 0.1 else None
                    reason = "chosen" if level else ""
                    yield table.row(first + topic, self.first_topic + topic, read, level, reason)

        table.write(rows())
        self.say("readings of a member: done")


class Marks:
    """Who gave which marks; written after the posts."""

    def __init__(self, authors: list[int]):
        self.authors = authors
        self.table = Table(Mark, "id", "post_id", "user_id", "kind", created_at=BEGIN)
        self.rows: list[list] = []
        self.next = next_id(Mark)

    def give(self, post: int, chance: Random) -> dict[str, int]:
        counted: dict[str, int] = {}
        for user in chance.sample(self.authors, chance.randint(1, 4)):
            kind = chance.choice(MarkKind.SHOWN)
            counted[kind] = counted.get(kind, 0) + 1
            self.rows.append(self.table.row(self.next, post, user, kind))
            self.next += 1
        return counted

    def write(self) -> None:
        self.table.write(self.rows)


class Translations:
    """Posts in another language; written after the posts."""

    def __init__(self, loader: Loader):
        self.languages = loader.languages
        self.authors = loader.authors
        self.pools = {language: texts_in(language)[:40] for language in loader.languages}
        varying = ("id", "post_id", "language", "source", "html", "translator_id")
        self.table = Table(PostTranslation, *varying, post_version=1, written_at=BEGIN)
        self.rows: list[list] = []
        self.next = next_id(PostTranslation)

    def add(self, post: int, language: str, chance: Random) -> None:
        others = [each for each in self.languages if each != language]
        if others:
            other = chance.choice(others)
            text = chance.choice(self.pools[other])
            row = (self.next, post, other, text.source, text.html, chance.choice(self.authors))
            self.rows.append(self.table.row(*row))
            self.next += 1

    def write(self) -> None:
        self.table.write(self.rows)


def moment(second: int) -> datetime.datetime:
    return BEGIN + datetime.timedelta(seconds=second)
