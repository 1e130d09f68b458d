"""Two languages of a page beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page

from cms.core.visibility import visible_pages
from cms.translations.alignment import align
from cms.translations.extraction import segment_rows
from cms.translations.facing import Matched, Places, matched, through_source
from cms.translations.models import TranslationTask, Work
from cms.translations.segments import BESIDE_THE_TEXT

Rows = Sequence[dict[str, Any]]
Tables = Mapping[str, Mapping[str, Any]]  # path of a block → what is stored of its table


@dataclass(frozen=True, slots=True)
class Sides:
    one: Rows
    other: Rows
    pairs: Places
    behind_one: frozenset[int]  # places of `one` that are behind their source
    behind_other: frozenset[int]
    tables_one: Tables = field(default_factory=dict)
    tables_other: Tables = field(default_factory=dict)


def public_versions(page: Page) -> dict[str, Page]:
    """The languages in which anybody may read the page, by code. One query."""
    rows = visible_pages(Page.objects.all(), None).filter(
        translation_key=page.translation_key, alias_of__isnull=True
    )
    return {row.locale.language_code: row for row in rows.select_related("locale").order_by()}


def sides(one: Page, other: Page) -> Sides:
    """The texts of two public rows of one work, paired. Two queries, and those of reading each row."""
    found = _paired(one, other)
    return replace(found, tables_one=_tables(one, found.one), tables_other=_tables(other, found.other))


def _paired(one: Page, other: Page) -> Sides:
    work = Work.objects.filter(translation_key=one.translation_key).first()
    published = _published(work, one, other) if work else {}
    mine, theirs = _texts(one, work), _texts(other, work)
    if work is None or not work.public:
        return Sides(mine, theirs, align(mine, theirs), frozenset(), frozenset())
    if one.pk == work.object_id:
        found = matched(mine, theirs, published.get(other.locale_id, []))
        return Sides(mine, theirs, found.pairs, frozenset(), _behind(found))
    if other.pk == work.object_id:
        found = matched(theirs, mine, published.get(one.locale_id, []))
        return Sides(mine, theirs, [(b, a) for a, b in found.pairs], _behind(found), frozenset())
    source = [row for row in work.segments if row["path"] not in BESIDE_THE_TEXT]
    left = matched(source, mine, published.get(one.locale_id, []))
    right = matched(source, theirs, published.get(other.locale_id, []))
    return Sides(mine, theirs, through_source(left, right), _behind(left), _behind(right))


def _behind(found: Matched) -> frozenset[int]:
    return frozenset(
        target for source, target in found.pairs if source in found.behind and target is not None
    )


def _published(work: Work, one: Page, other: Page) -> dict[int, list]:
    found = TranslationTask.objects.filter(
        work=work, target_locale__in=[one.locale_id, other.locale_id], baseline__isnull=False
    ).values_list("target_locale_id", "baseline__segments")
    return {locale: [row for row in rows if row["path"] not in BESIDE_THE_TEXT] for locale, rows in found}


def _texts(page: Page, work: Work | None) -> Rows:
    """Of the original they are kept; of a translation they are read from its row."""
    kept = work is not None and work.public and work.object_id == page.pk
    rows = work.segments if work is not None and kept else segment_rows(page.specific)
    return [row for row in rows if row["path"] not in BESIDE_THE_TEXT]


def _tables(page: Page, rows: Rows) -> dict[str, Mapping[str, Any]]:
    """The tables of a page. The row of an original is read only where it has some."""
    if all(row.get("block") != "table" for row in rows):
        return {}
    specific = page.specific
    return {
        f"{each.name}.{block['id']}": block["value"]
        for each in specific._meta.get_fields()
        if isinstance(each, StreamField)
        for block in each.value_from_object(specific).raw_data
        if block["type"] == "table"
    }
