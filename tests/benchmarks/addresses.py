"""Prints, as JSON, the addresses in one database that the catalogue's paths name in braces."""

import json


def addresses() -> dict[str, str]:
    """The first of everything, so that both databases give the same: the larger one grew from the smaller."""
    from django.db.models import Count

    from initiatives.models import CaseStudy, Document, ReferenceCode

    pages = Document.objects.visible_to(None).order_by("pk")
    # A case study: its text and its answers to the grid are of a usual length.
    document = CaseStudy.objects.visible_to(None).filter(locale__language_code="en").order_by("pk").first()
    with_grid = pages.filter(kind__in=["CS", "LJ"]).values_list("translation_key", flat=True)
    works = list(dict.fromkeys(with_grid))[:6]
    codes = (
        ReferenceCode.objects.filter(translation_key__in=works).order_by("pk").values_list("code", flat=True)
    )
    theme = document.themes.annotate(how_many=Count("documents")).order_by("-how_many", "pk").first()
    return {
        "document": f"/en/library/{document.slug}/",
        "theme": theme.slug,
        "six_cases": "&".join(f"case={code}" for code in codes),
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(addresses()))  # noqa: T201
