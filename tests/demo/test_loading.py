"""Loading the demo: everything arrives, again changes nothing, and nobody's work is lost."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from wagtail.models import Page, Revision

from cms.accounts.models import User
from cms.demo.management.commands import load_demo
from cms.demo.reading import ContentError
from cms.reference.models import BibliographyEntry, GlossaryTerm
from cms.taxonomy.models import Organisation, Person, Territory, Theme
from home.models import HomePage, PlainPage
from initiatives.models import Collection, Document, ReferenceCode

pytestmark = pytest.mark.demo
MODELS = (
    BibliographyEntry,
    Collection,
    Document,
    GlossaryTerm,
    HomePage,
    Organisation,
    Person,
    PlainPage,
    ReferenceCode,
    Revision,
    Territory,
    Theme,
    User,
)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in MODELS}


def test_every_text_of_the_files_is_a_public_page(demo, content):
    wanted = {(text["title"], code) for one in content.documents for code, text in one.texts.items()}
    shown = Document.objects.visible_to(None).values_list("title", "locale__language_code")
    assert set(shown) == wanted


def test_works_have_one_reference_code_each(demo, content):
    works = Document.objects.values("translation_key").distinct().count()
    assert works == len(content.documents) == ReferenceCode.objects.count()
    kinds = Document.objects.order_by("kind").values("kind").annotate(number=Count("pk"))
    assert len(kinds) == 8


def test_nothing_of_the_demo_lacks_its_provenance(demo):
    assert not Document.objects.filter(provenance_note="").exists()


def test_a_second_load_adds_nothing_and_changes_nothing(demo, capsys):
    before, newest = counts(), Revision.objects.latest("pk").pk
    written = dict(Page.objects.values_list("pk", "last_published_at"))
    call_command("load_demo")
    assert "0 pieces added" in capsys.readouterr().out
    assert counts() == before
    assert Revision.objects.latest("pk").pk == newest
    assert dict(Page.objects.values_list("pk", "last_published_at")) == written


def test_what_somebody_changed_is_kept(demo):
    page = Document.objects.live().first().specific
    page.title = "Our own words"
    page.save_revision().publish()
    term = GlossaryTerm.objects.first()
    term.definition = "<p>Our own definition.</p>"
    term.save_revision().publish()
    home = HomePage.objects.get(locale__language_code="fr")
    home.headline = "Notre propre accueil"
    home.save_revision().publish()
    author = User.objects.get(username="author")
    author.set_password("another good password")
    author.save()

    call_command("load_demo", verbosity=0)
    assert Document.objects.get(pk=page.pk).title == "Our own words"
    assert GlossaryTerm.objects.get(pk=term.pk).definition == "<p>Our own definition.</p>"
    assert HomePage.objects.get(pk=home.pk).headline == "Notre propre accueil"
    author.refresh_from_db()
    assert author.check_password("another good password")


def test_what_was_taken_off_the_site_stays_off(demo):
    page = Document.objects.live().first()
    page.unpublish()
    call_command("load_demo", verbosity=0)
    assert not Document.objects.get(pk=page.pk).live


def test_what_is_missing_is_added_again(demo, content):
    before = counts()
    page = Document.objects.filter(locale__language_code="es").first()
    title = page.title
    Page.objects.get(pk=page.pk).delete()
    call_command("load_demo", verbosity=0)
    assert Document.objects.filter(title=title, live=True).exists()
    assert counts()["Document"] == before["Document"]
    assert counts()["ReferenceCode"] == before["ReferenceCode"]


def test_a_spoilt_file_stops_the_load_with_its_name(demo, monkeypatch):
    def spoilt():
        raise ContentError("documents/if-setf/en.yaml: title is missing")

    before = counts()
    monkeypatch.setattr(load_demo, "read_content", spoilt)
    with pytest.raises(CommandError, match="if-setf"):
        call_command("load_demo")
    assert counts() == before


def test_accounts_are_made_in_a_demo_only(demo, settings):
    names = set(User.objects.values_list("username", flat=True))
    assert {"author", "editor", "translator-es", "reviewer-es", "facilitator", "member", "admin"} <= names
    User.objects.filter(username="member").delete()
    settings.DEMO = False
    call_command("load_demo", verbosity=0)
    assert not User.objects.filter(username="member").exists()
