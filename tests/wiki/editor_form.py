"""The editor's form, as a browser would send it back."""

from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield


def edit_address(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def loaded(client, page, body=()) -> dict[str, str]:
    """What the form holds when it is opened. Blocks are drawn by script: `body` says what stands in them."""
    blocks = nested_form_data({"body": streamfield(list(body))})
    return fields_in(client.get(edit_address(page)).content) | blocks


def fields_in(html: bytes) -> dict[str, str]:
    form = BeautifulSoup(html, "html.parser").select_one("form[data-edit-form]")
    assert form is not None
    data = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.get("type") in ("submit", "button", "file"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            data[field["name"]] = chosen.get("value", "") if chosen else ""
        else:
            data[field["name"]] = (
                field.get("value", "") if field.name == "input" else field.get_text().lstrip("\n")
            )
    return data


def autosave(client, page, data, saved=None, **changes):
    """What Wagtail's script sends as one types. `saved`: the number the last saving gave."""
    extra = {"overwrite_revision_id": str(saved)} if saved else {}
    return client.post(
        edit_address(page), {**data, **changes, **extra}, headers={"Accept": "application/json"}
    )
