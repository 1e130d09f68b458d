"""Categories, topics and posts for tests, through the forum's own verbs."""

import itertools
from uuid import uuid4

from django.test import Client

from forum.models import Category, CategoryText, Member, Post, Topic
from forum.rules import Access, Holding, Trust
from forum.services import open_topic, reply
from forum.services.posting import Message, Posted
from forum.standing import forget_standing
from tests.factories.documents import make_user

_numbers = itertools.count(1)


def make_category(
    access: str = Access.PUBLIC, *, name: str = "", holding: str = Holding.NEW, **fields
) -> Category:
    number = next(_numbers)
    category = Category.objects.create(
        slug=fields.pop("slug", f"category-{number}"),
        access=access,
        holding=holding,
        position=number,
        **fields,
    )
    CategoryText.objects.create(category=category, language="en", name=name or f"Category {number}")
    return category


def make_member(trust: int = Trust.MEMBER, role: str | None = None, **fields):
    """An account that has taken part long enough to be `trust`ed so much."""
    user = make_user(role, **fields)
    Member.objects.update_or_create(user=user, defaults={"trust": trust})
    forget_standing(user)
    return user


def message(source: str = "", language: str = "en", **fields) -> Message:
    return Message(
        source or f"What I have to say, number {next(_numbers)}.", language, **{"nonce": uuid4(), **fields}
    )


def make_topic(
    author, category: Category | None = None, title: str = "", source: str = "", **fields
) -> Topic:
    title = title or f"Topic {next(_numbers)}"
    language = fields.pop("language", "en")
    posted = open_topic(author, (category or make_category()).pk, title, message(source, language), **fields)
    return Topic.objects.get(pk=posted.post.topic_id)


def make_reply(author, topic: Topic, source: str = "", **fields) -> Post:
    return said(author, topic, source, **fields).post


def said(author, topic: Topic, source: str = "", **fields) -> Posted:
    return reply(author, topic.pk, message(source, **fields))


def of(user=None) -> Client:
    """A browser in which `user` is logged in; nobody, without one."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client
