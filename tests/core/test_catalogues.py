"""`make messages`: what is collected, what is kept, what counts as a gap."""

import gettext

import pytest

from cms.core import catalogues


@pytest.fixture
def root(tmp_path):
    (tmp_path / "cms").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "cms" / "words.py").write_text(
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"
        "a = _('Library')\n"
        "b = ngettext('%(count)s work', '%(count)s works', 2)\n"
        "c = pgettext('verb', 'Open')\n"
        "d = _(a)  # not a literal: nothing to collect\n"
    )
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}\n"
        "<main>\n"
        "      <p>it's {% translate 'Glossary' %}</p>\n"
        "   {# Translators: a place #}\n"
        "   <b title=\"{% translate 'Map' context 'noun' %}\">{{ x|default:_('nobody') }}</b>\n"
        "  {% blocktranslate count n=n trimmed %}\n    {{ n }} person\n  {% plural %}\n    {{ n }} people\n"
        "  {% endblocktranslate %}\n"
        " 100% of 'this\n"
        "</main>\n"
    )
    return tmp_path


def ids(catalog):
    return {message.id: message.context for message in catalog if message.id}


def test_collects_from_code_and_templates(root):
    assert ids(catalogues.extract(root)) == {
        "Library": None,
        ("%(count)s work", "%(count)s works"): None,
        "Open": "verb",
        "Glossary": None,
        "Map": "noun",
        "nobody": None,
        ("%(n)s person", "%(n)s people"): None,
    }


def test_update_keeps_translations_and_drops_what_left_the_code(root):
    template = catalogues.extract(root)
    assert catalogues.update(root, "fr", template) is True
    path = catalogues.po_path(root, "fr")
    path.write_text(
        path.read_text().replace('msgid "Library"\nmsgstr ""', 'msgid "Library"\nmsgstr "Bibliothèque"')
    )
    (root / "cms" / "words.py").write_text("from x import gettext as _\na = _('Library')\nb = _('New')\n")
    catalogues.update(root, "fr", catalogues.extract(root))
    text = path.read_text()
    assert 'msgid "Library"\nmsgstr "Bibliothèque"' in text
    assert "New" in text
    assert "work" not in text


def test_update_twice_changes_nothing_and_writes_no_line_numbers(root):
    template = catalogues.extract(root)
    catalogues.update(root, "es", template)
    assert catalogues.update(root, "es", catalogues.extract(root)) is False
    text = catalogues.po_path(root, "es").read_text()
    assert "#: cms/words.py\n" in text
    assert "Date" not in text


def test_gaps_name_missing_fuzzy_broken_and_left_over(root):
    template = catalogues.extract(root)
    catalog = catalogues.merged(root, "fr", template)
    for message in catalog:
        if message.id:
            message.string = tuple(message.id) if isinstance(message.id, tuple) else message.id
    catalog.get("Library").string = ""
    catalog.get("Glossary").flags.add("fuzzy")
    catalog.get("%(count)s work").string = ("%(number)s fiche", "%(number)s fiches")
    catalog.add("Gone", "Parti")
    catalogues.po_path(root, "fr").parent.mkdir(parents=True)
    catalogues.po_path(root, "fr").write_bytes(catalogues.as_text(catalog))
    found = catalogues.gaps(root, "fr", template)
    assert found.missing == ["Library"]
    assert found.fuzzy == ["Glossary"]
    assert found.broken == ["%(count)s work"]
    assert found.left_over == ["Gone"]


def test_compiles_only_what_is_newer_and_can_be_read_by_gettext(root):
    template = catalogues.extract(root)
    catalogues.update(root, "fr", template)
    path = catalogues.po_path(root, "fr")
    path.write_text(
        path.read_text().replace('msgid "Library"\nmsgstr ""', 'msgid "Library"\nmsgstr "Bibliothèque"')
    )
    assert catalogues.compile_catalogues(root) == ["fr"]
    assert catalogues.compile_catalogues(root) == []
    words = gettext.translation("django", root / "cms" / "locale", languages=["fr"])
    assert words.gettext("Library") == "Bibliothèque"
