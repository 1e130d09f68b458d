import pytest
from django.core.files.base import ContentFile

from cms.core.static_files import LeanStaticFilesStorage, lean


def test_comments_and_indentation_are_left_out_and_nothing_else():
    css = """@layer base {
  /* why
     this */
  a:hover { color: var(--link) } /* and that */

  p { margin: calc(1rem + 2px) }
}
"""
    assert lean(css) == "@layer base {\na:hover { color: var(--link) }\np { margin: calc(1rem + 2px) }\n}\n"


def test_a_style_sheet_that_was_read_for_its_hash_is_kept_whole(tmp_path):
    storage = LeanStaticFilesStorage(location=tmp_path)
    content = ContentFile(b"/* why */ p { margin: 0 }")
    content.read()
    storage._save("css/one.css", content)
    assert (tmp_path / "css/one.css").read_text() == "p { margin: 0 }\n"


def test_the_style_sheet_of_the_map_is_lean_and_the_editors_are_left_alone(tmp_path):
    storage = LeanStaticFilesStorage(location=tmp_path)
    for name in ("leaflet/leaflet.css", "wagtailadmin/css/core.css"):
        storage._save(name, ContentFile(b"/* why */ p { margin: 0 }"))
    assert (tmp_path / "leaflet/leaflet.css").read_text() == "p { margin: 0 }\n"
    assert "why" in (tmp_path / "wagtailadmin/css/core.css").read_text()


def test_an_address_is_looked_up_once(tmp_path, settings, monkeypatch):
    settings.DEBUG = False
    storage = LeanStaticFilesStorage(location=tmp_path, base_url="/static/")
    storage.hashed_files = {
        "css/one.css": "css/one.0123456789ab.css",
        "css/two.css": "css/two.ba9876543210.css",
    }
    assert storage.url("css/one.css") == "/static/css/one.0123456789ab.css"
    monkeypatch.setattr(storage, "stored_name", lambda name: 1 / 0)
    assert storage.url("css/one.css") == "/static/css/one.0123456789ab.css"
    with pytest.raises(ZeroDivisionError):
        storage.url("css/two.css")
