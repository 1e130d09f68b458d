"""The guide's pages: in both languages, with pictures that are there, light, and all used."""

import re

from tests.e2e.pictures import FOLDER, LARGEST

GUIDE = FOLDER.parent
LANGUAGES = ("en", "fr")
LINK = re.compile(r"(!?)\[[^\]]+\]\(([^)\s]+)\)")


def pages():
    return [GUIDE / "README.md", *sorted(GUIDE.glob("*/*.md"))]


def test_each_role_has_its_page_in_both_languages():
    names = [{path.name for path in (GUIDE / code).glob("*.md")} for code in LANGUAGES]
    assert names[0] == names[1]
    assert {
        "reader.md",
        "author.md",
        "editor.md",
        "facilitator.md",
        "administrator.md",
        "member.md",
        "translator.md",
        "reviewer.md",
    } <= names[0]


def test_links_and_pictures_are_there():
    missing = [
        f"{page.relative_to(GUIDE)}: {target}"
        for page in pages()
        for _mark, target in LINK.findall(page.read_text(encoding="utf-8"))
        if not target.startswith("http") and not (page.parent / target).exists()
    ]
    assert not missing


def test_pictures_are_light_and_used():
    used = {
        (page.parent / target).resolve()
        for page in pages()
        for mark, target in LINK.findall(page.read_text(encoding="utf-8"))
        if mark
    }
    made = {path.resolve() for path in FOLDER.glob("*/*")}
    assert made == used
    assert all(path.stat().st_size <= LARGEST for path in made)


def test_both_languages_show_the_same_pictures():
    shown = [{path.name for path in (FOLDER / code).iterdir()} for code in LANGUAGES]
    assert shown[0] == shown[1]
