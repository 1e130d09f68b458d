"""Every template parses, and none holds what the content security policy would refuse."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines

ROOT = Path(__file__).resolve().parents[2]
APPS = ("cms", "home", "initiatives", "forum", "search")
SUFFIXES = {".html", ".txt", ".xml"}
INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)


def template_files() -> Iterator[tuple[str, Path]]:
    """(name as Django knows it, file)"""
    folders = [ROOT / "templates", *(found for app in APPS for found in (ROOT / app).rglob("templates"))]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in SUFFIXES:
                yield path.relative_to(folder).as_posix(), path


def inline(text: str) -> list[str]:
    """What a policy of 'self' would refuse, in the order it stands."""
    found = INLINE_STYLE.findall(text) + INLINE_HANDLER.findall(text)
    for attributes in SCRIPT.findall(text):
        if (
            "src=" not in attributes
            and "application/ld+json" not in attributes
            and "application/json" not in attributes
        ):
            found.append(f"<script{attributes}>")
    return found


FILES = dict(template_files())


@pytest.mark.parametrize("name", FILES)
def test_template_parses(name):
    engines["django"].engine.get_template(name)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".html") and "email" not in name])
def test_template_has_nothing_inline(name):
    assert inline(FILES[name].read_text(encoding="utf-8")) == []


def test_something_inline_would_be_seen():
    assert inline('<p style="color: red">')
    assert inline("<b onclick='x()'>")
    assert inline("<script>x()</script>")
    assert not inline(
        '<script type="module" src="/x.js"></script><script type="application/ld+json">{}</script>'
    )


SCRIPTS = sorted((ROOT / "cms" / "static" / "js").glob("*.js"))
STATIC_IMPORT = re.compile(
    r"^\s*(?:import|export)\b[^(]*?\bfrom\s*[\"']\.|^\s*import\s*[\"']\.", re.MULTILINE
)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_names_another_by_its_plain_name(path):
    """Files are served under names with a hash alone: a script is given the addresses of its parts by the page."""
    assert not STATIC_IMPORT.search(path.read_text(encoding="utf-8"))


def test_a_plain_import_would_be_seen():
    assert STATIC_IMPORT.search('import { a } from "./b.js";')
    assert not STATIC_IMPORT.search("const { a } = await import(address);")
