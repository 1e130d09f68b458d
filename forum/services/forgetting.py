"""Mentions of somebody whose account is closed, in the texts of others: they become "a former member".

Texts are looked through in ranges of ids, a bounded number at a time. Each text that is changed is changed in a
transaction of its own; no new version is made that anybody would see, but whoever has the text open for editing is
told that it changed.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max

from cms.accounts.models import User
from cms.wiki.services.crediting import former_member
from forum.models import Draft, EarlierTranslation, Post, PostTranslation, PostVersion
from forum.queries.looking_up import look_up_for
from forum.rendering import render
from forum.services.numbering import lock_topic
from forum.services.posting import digest
from forum.services.remembering import forget_what_was_remembered

IDS_AT_ONCE = 5000  # looked through in one step

Stage = Callable[[User, str, int], int | None]


def address_of(user_id: int) -> str:
    return f"/forum/m/{user_id}/"


def without_mentions(source: str, user_id: int, words: str) -> str:
    """Links to the member become `words`. A text without any comes back as it was."""
    address = rf"<?(?:{re.escape(settings.BASE_URL)})?{re.escape(address_of(user_id))}>?"
    inside = r"(?:\\.|[^\[\]\\])*"
    link = re.compile(rf"\[{inside}\]\(\s*{address}(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
    return link.sub(lambda _match: words, source)


def looked_through(model, change: Callable[[User, int], None], holds: str = "source__contains") -> Stage:
    """A stage that gives `change` the ids of rows whose text points to the member."""

    def stage(user: User, choice: str, after: int) -> int | None:
        last = model.objects.aggregate(last=Max("pk"))["last"] or 0
        if after >= last:
            return None
        until = after + IDS_AT_ONCE
        pointing = model.objects.filter(pk__gt=after, pk__lte=until, **{holds: address_of(user.pk)})
        for pk in list(pointing.order_by("pk").values_list("pk", flat=True)):
            change(user, pk)
        return until

    return stage


@transaction.atomic
def forget_in_post(user: User, post_id: int) -> None:
    topic_id = Post.objects.values_list("topic_id", flat=True).get(pk=post_id)
    lock_topic(topic_id)
    post = Post.objects.select_related("author").get(pk=post_id)
    source = without_mentions(post.source, user.pk, former_member(post.language))
    if source == post.source:
        return
    before = post.version
    post.source, post.digest, post.version = source, digest(source), before + 1
    post.html = rendered(source, post)
    if post.told_version == before:
        post.told_version = post.version
    post.save(update_fields=["source", "html", "digest", "version", "told_version"])
    post.translations.filter(post_version=before).update(post_version=post.version)
    forget_what_was_remembered(post)


def rendered(source: str, post: Post) -> str:
    return render(source, look_up_for(post.author), name=post.nonce.hex[:8]).html


@transaction.atomic
def forget_in_version(user: User, version_id: int) -> None:
    row = PostVersion.objects.select_related("post__author").get(pk=version_id)
    row.source = without_mentions(row.source, user.pk, former_member(row.language))
    row.html = rendered(row.source, row.post)
    row.save(update_fields=["source", "html"])


@transaction.atomic
def forget_in_translation(user: User, translation_id: int) -> None:
    found = PostTranslation.objects.values_list("post_id", flat=True).get(pk=translation_id)
    post = Post.objects.select_for_update(of=("self",)).select_related("author").get(pk=found)
    row = PostTranslation.objects.get(pk=translation_id)
    source = without_mentions(row.source, user.pk, former_member(row.language))
    if source == row.source:
        return
    row.source, row.html, row.version = source, rendered(source, post), row.version + 1
    row.save(update_fields=["source", "html", "version"])
    forget_what_was_remembered(post)


@transaction.atomic
def forget_in_earlier_translation(user: User, earlier_id: int) -> None:
    row = EarlierTranslation.objects.select_related("translation").get(pk=earlier_id)
    row.source = without_mentions(row.source, user.pk, former_member(row.translation.language))
    row.save(update_fields=["source"])


@transaction.atomic
def forget_in_draft(user: User, draft_id: int) -> None:
    """A window in which it is being written is told that it was saved elsewhere."""
    row = Draft.objects.select_for_update().get(pk=draft_id)
    text = row.data.get("text", "")
    without = without_mentions(
        text, user.pk, former_member(row.data.get("language") or settings.LANGUAGE_CODE)
    )
    if without != text:
        Draft.objects.filter(pk=row.pk).update(data={**row.data, "text": without}, sequence=F("sequence") + 1)


FORGETTING: tuple[Stage, ...] = (
    looked_through(Post, forget_in_post),
    looked_through(PostVersion, forget_in_version),
    looked_through(PostTranslation, forget_in_translation),
    looked_through(EarlierTranslation, forget_in_earlier_translation),
    looked_through(Draft, forget_in_draft, "data__text__icontains"),
)
