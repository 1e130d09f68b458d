"""Loads the shared entries: themes, territories, organisations, people, glossary, bibliography …"""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from wagtail.models import Locale

from cms.demo.history import Credits
from cms.demo.prose import rich_text
from cms.demo.reading import DemoContent, identity
from cms.reference.models import BibliographyEntry, BibliographyNote, GlossaryTerm
from cms.taxonomy.models import Organisation, Person, PersonOrganisation, Territory, Theme


@dataclass
class Loaded:
    """What stands in the database: per model, `(key, language code)` -> row id."""

    locales: dict[str, Locale]
    credits: Credits
    ids: dict[type[models.Model], dict[tuple[str, str], int]] = field(default_factory=dict)
    added: int = 0

    def find(self, model: type[models.Model], key: str | None, code: str) -> int | None:
        """The row of `key` in language `code`, else in English, else None."""
        if key is None:
            return None
        rows = self.ids.get(model, {})
        return rows.get((key, code)) or rows.get((key, "en"))


def no_page(key: str) -> None:
    return None


def publish(entry) -> None:
    """Through a revision, as the editor does it."""
    entry.full_clean(exclude=["latest_revision", "live_revision"])
    entry.save_revision().publish()


def existing_ids(model: type[models.Model], kind: str, keys, locales: dict[str, Locale]) -> dict:
    by_identity = {identity(kind, key): key for key in keys}
    codes = {locale.pk: code for code, locale in locales.items()}
    rows = model.objects.filter(translation_key__in=by_identity).values_list(
        "translation_key", "locale_id", "pk"
    )
    return {(by_identity[uuid], codes[locale]): pk for uuid, locale, pk in rows if locale in codes}


def load_translated(loaded: Loaded, model, kind: str, files: dict[str, dict], fields, then=None) -> None:
    """Add the missing rows of `model`: `fields(file, code)` are the values, `then(entry, file, code)` the children."""
    rows = loaded.ids[model] = existing_ids(model, kind, files, loaded.locales)
    for key, file in files.items():
        for code, locale in loaded.locales.items():
            if (key, code) in rows:
                continue
            entry = model(slug=key, locale=locale, translation_key=identity(kind, key), live=False)
            for name, value in fields(file, code).items():
                setattr(entry, name, value)
            if then:
                then(entry, file, code)
            entry.save()
            publish(entry)
            rows[key, code] = entry.pk
            loaded.added += 1


def said(file: dict, name: str, code: str) -> str:
    """A text of the file in a language, else in English, else nothing."""
    value: Any = file.get(name) or ""
    if isinstance(value, dict):
        value = value.get(code) or value.get("en") or ""
    return str(value).strip()


def acronym(file: dict, code: str) -> str:
    """The same in every language, unless it differs; then a language that is not named has none."""
    value = file.get("acronym") or ""
    return value.get(code, "") if isinstance(value, dict) else value


def parents_first(files: dict[str, dict]) -> dict[str, dict]:
    ordered: dict[str, dict] = {}

    def place(key: str) -> None:
        if key in ordered:
            return
        if files[key].get("parent"):
            place(files[key]["parent"])
        ordered[key] = files[key]

    for key in files:
        place(key)
    return ordered


def load_entries(content: DemoContent, loaded: Loaded) -> None:
    files = content.entries
    load_translated(
        loaded,
        Theme,
        "themes",
        parents_first(files["themes"]),
        lambda file, code: {
            "name": said(file, "name", code),
            "description": said(file, "description", code),
            "order": file.get("order", 100),
            "parent_id": loaded.find(Theme, file.get("parent"), code),
        },
    )
    load_translated(
        loaded,
        Territory,
        "territories",
        parents_first(files["territories"]),
        lambda file, code: {
            "name": said(file, "name", code),
            "kind": file["kind"],
            "iso_code": file.get("iso") or "",
            "latitude": file.get("latitude"),
            "longitude": file.get("longitude"),
            "parent_id": loaded.find(Territory, file.get("parent"), code),
        },
    )
    load_translated(
        loaded,
        Organisation,
        "organisations",
        files["organisations"],
        lambda file, code: {
            "name": said(file, "name", code),
            "acronym": acronym(file, code),
            "founded": file.get("founded"),
            "website": file.get("website") or "",
            "mandate": said(file, "mandate", code),
            "expertise": said(file, "expertise", code),
            "territory_id": loaded.find(Territory, file.get("territory"), code),
        },
    )
    load_people(loaded, files["people"])
    load_translated(
        loaded,
        GlossaryTerm,
        "glossary",
        files["glossary"],
        lambda file, code: {
            "term": file[code]["term"],
            "definition": rich_text(file[code]["definition"], no_page),
            "variants": "\n".join(file[code].get("variants") or []),
            "forbidden": "\n".join(file[code].get("forbidden") or []),
            "note": file[code].get("note") or "",
            "do_not_translate": bool(file.get("do_not_translate")),
        },
    )
    load_bibliography(loaded, files["bibliography"])


def load_people(loaded: Loaded, files: dict[str, dict]) -> None:
    def affiliations(entry, file, code) -> None:
        ids = [loaded.find(Organisation, key, code) for key in file.get("organisations") or []]
        entry.affiliations = [
            PersonOrganisation(organisation_id=pk, sort_order=order) for order, pk in enumerate(ids) if pk
        ]

    load_translated(
        loaded,
        Person,
        "people",
        files,
        lambda file, code: {
            "name": file["name"],
            "sort_name": file["sort_name"],
            "mandate": said(file, "mandate", code),
            "expertise": said(file, "expertise", code),
            "regional_antenna": said(file, "regional_antenna", code),
            "territory_id": loaded.find(Territory, file.get("territory"), code),
        },
        then=affiliations,
    )


def load_bibliography(loaded: Loaded, files: dict[str, dict]) -> None:
    existing = dict(BibliographyEntry.objects.filter(slug__in=files).values_list("slug", "pk"))
    for key, file in files.items():
        if key in existing:
            continue
        entry = BibliographyEntry(
            slug=key,
            live=False,
            kind=file["kind"],
            authors="\n".join(file.get("authors") or []),
            title=file["title"],
            subtitle=file.get("subtitle") or "",
            year=file.get("year"),
            publisher=file.get("publisher") or "",
            place=file.get("place") or "",
            language=file.get("language") or "",
            url=file.get("url") or "",
        )
        entry.notes = [
            BibliographyNote(language=code, text=text, sort_order=order)
            for order, (code, text) in enumerate((file.get("note") or {}).items())
        ]
        entry.save()
        publish(entry)
        existing[key] = entry.pk
        loaded.added += 1
    loaded.ids[BibliographyEntry] = {(key, "en"): pk for key, pk in existing.items()}
