"""Prints, as JSON, the addresses in one database that the catalogue's paths name in braces.

python -m tests.benchmarks.addresses documents | forum
"""

import json
import sys


def addresses() -> dict[str, str]:
    """The first of everything, so that both databases give the same: the larger one grew from the smaller."""
    from django.db.models import Count
    from django.urls import reverse

    from cms.wiki.models import PublishedRevision
    from initiatives.models import CaseStudy, Document, ReferenceCode

    pages = Document.objects.visible_to(None).order_by("pk")
    # A case study: its text and its answers to the grid are of a usual length.
    # Written in English, so that it has a history.
    studies = CaseStudy.objects.visible_to(None).filter(locale__language_code="en", written_in="en")
    document = studies.order_by("pk").first()
    with_grid = pages.filter(kind__in=["CS", "LJ"]).values_list("translation_key", flat=True)
    works = list(dict.fromkeys(with_grid))[:6]
    codes = (
        ReferenceCode.objects.filter(translation_key__in=works).order_by("pk").values_list("code", flat=True)
    )
    theme = document.themes.annotate(how_many=Count("documents")).order_by("-how_many", "pk").first()
    history = reverse("wiki:history", args=[document.pk])
    versions = PublishedRevision.objects.visible_to(None).filter(page_id=document.pk).order_by("number")
    first, second = versions.values_list("pk", flat=True)[:2]
    return {
        "history": history,
        "version": reverse("wiki:revision", args=[document.pk, first]),
        "comparison": reverse("wiki:compare", args=[document.pk, first, second]),
        "document": f"/en/library/{document.slug}/",
        "theme": theme.slug,
        "six_cases": "&".join(f"case={code}" for code in codes),
    }


def forum_addresses() -> dict[str, str]:
    """The first topic of the benchmark's forum is the long one, whatever the number of posts."""
    from django.urls import reverse

    from forum.models import Topic
    from forum.rules import page_of_number

    topic = Topic.objects.visible_to(None).order_by("pk").first()
    return {
        "category": reverse("forum:category", args=[topic.category.slug]),
        "topic": reverse("forum:topic", args=[topic.pk, topic.slug]),
        "reply": reverse("forum:reply", args=[topic.pk]),
        # The last one that is full: at its end there may be a single post.
        "last_page": str(max(1, page_of_number(topic.highest_number + 1) - 1)),
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(forum_addresses() if sys.argv[1:] == ["forum"] else addresses()))  # noqa: T201
