"""What a browser posts from the editor of a document, and what came back."""

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from initiatives.models import CallForInterest, InitiativeFile, LibraryPage


def library(lang="en") -> LibraryPage:
    return LibraryPage.objects.get(locale__language_code=lang)


COMMON = {
    "title": "A file written in the editor",
    "slug": "a-file",
    "summary": "What it is about.",
    "body": streamfield([("heading", "Where it began"), ("text", rich_text("<p>In a <b>village</b>.</p>"))]),
    "written_in": "",
    "date": "2010-04-01",
    "date_precision": "month",
    "provenance_document": "",
    "provenance_note": "",
    "licence": "cc-by-sa-4.0",
    "lead_image": "",
    "lead_image_alt": "",
    "seo_title": "",
    "search_description": "",
    "comments": inline_formset([]),
    **{
        name: inline_formset([])
        for name in ("contributors", "organisations", "relations", "references", "attachments", "territories")
    },
}
FILE = {
    "carried_by": "",
    "place": "Aude",
    "since": "1998",
    "state": "running",
    "website": "",
    "latitude": "",
    "longitude": "",
    **{name: rich_text("") for name in ("context", "what_is_done", "results", "difficulties", "lessons")},
}
CALL = {
    "issuer": "",
    **{name: rich_text("") for name in ("background", "remit", "expected_output")},
    "choices": inline_formset([{"label": "Food", "question": "interest"}]),
    "deadline_date": "2030-05-01",
    "deadline_time": "18:00",
    "time_zone": "Europe/Luxembourg",
    "working_languages": ["en", "fr"],
}


def form(**changes) -> dict:
    return flat({**COMMON, **FILE, **changes})


def flat(fields: dict) -> dict:
    """As a browser posts them: ticks under one name, all else nested."""
    ticks = {name: fields[name] for name in ("themes", "collections", "reply_readers") if name in fields}
    return nested_form_data({name: value for name, value in fields.items() if name not in ticks}) | ticks


def add(client, model=InitiativeFile, lang="en", **changes):
    fields = {**COMMON, **(CALL if model is CallForInterest else FILE), **changes}
    url = reverse("wagtailadmin_pages:add", args=["initiatives", model._meta.model_name, library(lang).pk])
    return client.post(url, flat(fields))


def problems(response) -> str:
    shown = response.context["form"]
    inner = {name: formset.errors for name, formset in shown.formsets.items()}
    return f"{shown.errors.as_json()} {inner}"
