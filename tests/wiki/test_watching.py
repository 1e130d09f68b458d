"""Watching: whoever watches hears once of each publication, with the difference in words, in their language."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.core.page_cache.stamp import bump_stamp
from cms.notifications.models import Notification
from cms.notifications.services import set_preference
from cms.wiki.models import Watch
from cms.wiki.notices import WATCHED
from cms.wiki.services import approve, unwatch, watch
from cms.wiki.telling.watched import leave
from initiatives.models import Analysis, Collection, CollectionIndex
from tests.factories.documents import make_document, make_user
from tests.wiki.mail_tools import by_reader, mails_after
from tests.wiki.moderation_tools import public, submit
from tests.wiki.publishing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site):
    return make_document(title="The bakery", summary="Bread for all.")


@pytest.fixture
def reader(site):
    return make_user(name="reader", interface_language="en")


@pytest.fixture
def author(site):
    return make_user("Authors", name="ana", display_name="Ana")


@pytest.fixture
def collection(site):
    index = CollectionIndex.objects.get(locale__language_code="en")
    page = Collection(title="Bread", slug="bread", locale=index.locale, summary="All about bread.")
    index.add_child(instance=page)
    page.save_revision().publish()
    bump_stamp()
    return page


def heard(user) -> int:
    return Notification.objects.filter(recipient=user, kind=WATCHED).count()


class TestWhoHears:
    @pytest.mark.parametrize(
        ("kind", "key"), [("language", "en"), ("type", "ap"), ("page", ""), ("collection", "")]
    )
    def test_by_each_way_of_watching(self, site, author, reader, collection, kind, key):
        page = make_document(Analysis, title="The mill", collections=[collection])
        watch(
            reader, kind, key or {"page": str(page.pk), "collection": str(collection.translation_key)}[kind]
        )
        publish(page, author, title="The old mill")
        assert heard(reader) == 1

    @pytest.mark.parametrize(("kind", "key"), [("language", "fr"), ("type", "if"), ("page", "1")])
    def test_not_of_anything_else(self, site, author, reader, kind, key):
        page = make_document(Analysis, title="The mill")
        watch(reader, kind, key)
        publish(page, author, title="The old mill")
        assert heard(reader) == 0

    def test_once_however_many_watches_match(self, page, author, reader):
        for kind, key in (("page", str(page.pk)), ("language", "en"), ("type", "if")):
            watch(reader, kind, key)
        publish(page, author, title="The new bakery")
        assert heard(reader) == 1

    def test_never_who_wrote_or_approved_it(self, page, author, reader):
        editor = make_user("Editors")
        for person in (author, editor, reader):
            watch(person, "language", "en")
        approve(editor, submit(author, page, title="New").pk)
        assert [heard(person) for person in (author, editor, reader)] == [0, 0, 1]

    def test_of_what_nobody_may_read_nobody_hears(self, page, author, reader):
        watch(reader, "page", str(page.pk))
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        bump_stamp()
        publish(page, author, title="New")
        assert heard(reader) == 0

    def test_a_page_left_stays_left_whatever_it_belongs_to(self, page, author, reader):
        watch(reader, "language", "en")
        unwatch(reader, "page", str(page.pk))
        publish(page, author, title="New")
        assert heard(reader) == 0
        watch(reader, "page", str(page.pk))
        publish(page, author, title="Newer")
        assert heard(reader) == 1

    def test_at_the_same_cost_for_one_watcher_as_for_forty(self, page, author):
        counts = []
        for number, title in ((1, "One"), (40, "Forty")):
            people = [make_user() for _ in range(number)]
            Watch.objects.bulk_create(Watch(user=person, kind="language", key="en") for person in people)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                publish(page, author, title=title)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestOwnTexts:
    def test_authors_watch_what_they_wrote(self, page, author, reader):
        approve(make_user("Editors"), submit(author, page, title="New").pk)
        publish(page, reader, title="Newer")
        assert heard(author) == 1

    def test_unless_they_stopped_by_hand(self, page, author, reader):
        publish(page, author, title="New")
        unwatch(author, "page", str(page.pk))
        publish(page, author, title="Newer")
        publish(page, reader, title="Newest")
        assert heard(author) == 0
        assert not Watch.objects.get(user=author).active


class TestTheMail:
    def test_one_mail_tells_all_with_the_difference_in_words(self, page, author, reader, mailoutbox):
        other = make_document(title="The mill", summary="Flour.")
        watch(reader, "language", "en")
        publish(
            page, author, summary="Bread for everybody.", note_summary="clearer", note_significance="typo"
        )
        publish(other, author, title="The old mill")
        [mail] = mails_after(mailoutbox, days=1, hours=1)
        body = " ".join(mail.body.split())
        assert "Changed by Ana: “clearer” (typo or wording)" in body
        assert "- Bread for all." in body
        assert "+ Bread for everybody." in body
        assert "The old mill" in body
        assert f"/en/wiki/{page.pk}/compare/" in body

    def test_each_reads_it_in_their_language(self, page, author, mailoutbox):
        for name, language in (("lea", "fr"), ("eva", "es")):
            watch(make_user(name=name, interface_language=language), "page", str(page.pk))
        publish(page, author, title="New")
        found = by_reader(mails_after(mailoutbox, days=1, hours=1))
        assert f"/fr/wiki/{page.pk}/compare/" in found["lea"]
        assert f"/es/wiki/{page.pk}/compare/" in found["eva"]

    def test_a_page_hidden_meanwhile_is_not_mailed(self, page, author, reader, mailoutbox):
        watch(reader, "page", str(page.pk))
        publish(page, author, title="New")
        public(page).unpublish()
        bump_stamp()
        assert mails_after(mailoutbox, days=1, hours=1) == []

    def test_nor_one_that_is_kept_for_others(self, page, author, reader, mailoutbox):
        watch(reader, "page", str(page.pk))
        publish(page, author, title="New")
        kept = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        kept.groups.add(Group.objects.get(name="Editors"))
        bump_stamp()
        assert mails_after(mailoutbox, days=1, hours=1) == []

    def test_a_new_page_is_said_to_be_new(self, site, author, reader, mailoutbox):
        watch(reader, "language", "en")
        set_preference(reader, WATCHED, frequency="at_once")
        page = make_document(title="The quarry", publish=False)
        publish(page, author)
        [mail] = mails_after(mailoutbox)
        assert mail.subject == "[Ancrage] New: The quarry"
        assert "A new page by Ana:" in mail.body

    def test_script_in_a_summary_stays_text(self, page, author, reader, mailoutbox):
        watch(reader, "page", str(page.pk))
        publish(page, author, title="New", note_summary="<script>alert(1)</script>")
        [mail] = mails_after(mailoutbox, days=1, hours=1)
        assert "<script>" not in mail.alternatives[0][0]


class TestLeaving:
    def test_by_the_link_in_a_mail_the_page_is_left(self, page, author, reader):
        watch(reader, "language", "en")
        publish(page, author, title="New")
        assert leave(reader, f"page:{page.pk}") == "New"
        publish(page, author, title="Newer")
        assert heard(reader) == 1
        assert leave(reader, f"page:{page.pk}") == ""

    def test_what_waits_to_be_mailed_goes_with_it(self, page, author, reader, mailoutbox):
        watch(reader, "page", str(page.pk))
        publish(page, author, title="New")
        unwatch(reader, "page", str(page.pk))
        assert mails_after(mailoutbox, days=1, hours=1) == []
