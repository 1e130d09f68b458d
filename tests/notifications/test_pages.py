"""The list on the site, the choices, and the count beside the name."""

import pytest

from cms.notifications.models import Notification, Preference
from cms.notifications.queries import COUNTED
from tests.notifications.toys import ALERT, NEWS

pytestmark = pytest.mark.django_db
INBOX, READ, CHOICES = (
    "/en/me/notifications/",
    "/en/me/notifications/read/",
    "/en/me/notifications/settings/",
)


@pytest.fixture
def as_ana(client, ana):
    client.force_login(ana)
    return client


def unread() -> list[str]:
    return list(Notification.objects.filter(read_at=None).order_by("id").values_list("event", flat=True))


class TestList:
    @pytest.mark.parametrize("path", [INBOX, CHOICES, "/fr/me/notifications/"])
    def test_is_private_and_kept_nowhere(self, client, ana, path):
        assert client.get(path).status_code == 302
        client.force_login(ana)
        answer = client.get(path)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        assert "noindex" in answer.content.decode()

    def test_shows_ones_own_newest_first_what_is_about_one_thing_together(self, as_ana, ana, bo, tell):
        tell(ana, "e1")
        tell(ana, "e2", about="page-2")
        tell(ana, "e3")
        tell(bo, "foreign")
        entries = as_ana.get(INBOX).context["entries"]
        assert [(entry["title"], len(entry["lines"])) for entry in entries] == [
            ("About page-1", 2),
            ("About page-2", 1),
        ]

    def test_looking_writes_nothing(self, as_ana, ana, tell):
        tell(ana)
        as_ana.get(INBOX)
        assert unread() == ["e1"]

    def test_what_is_hidden_shows_no_word(self, as_ana, ana, tell, world):
        tell(ana, "secret", data={"quote": "hidden words"})
        world.hidden.add("page-1")
        page = as_ana.get(INBOX).content.decode()
        assert "page-1" not in page
        assert "hidden words" not in page
        assert "1 notification is not shown" in page

    def test_markup_is_text(self, as_ana, ana, tell):
        tell(ana, data={"quote": "<script>x</script>"}, actor_name="<b>Eve</b>")
        page = as_ana.get(INBOX).content.decode()
        assert "&lt;script&gt;x" in page
        assert "<b>Eve" not in page

    def test_has_pages(self, as_ana, ana, tell):
        for number in range(65):
            tell(ana, f"e{number}", about=f"page-{number}")
        assert len(as_ana.get(INBOX).context["entries"]) == 30
        assert len(as_ana.get(INBOX, {"page": 3}).context["entries"]) == 5
        assert as_ana.get(INBOX, {"page": 9}).headers["Location"] == f"{INBOX}?page=3"
        assert as_ana.get(INBOX, {"page": "x"}).headers["Location"] == INBOX

    def test_costs_the_same_for_few_and_for_many(self, as_ana, ana, tell, django_assert_num_queries):
        tell(ana)
        as_ana.get(INBOX)
        for number in range(25):
            tell(ana, f"e{number}", about=f"page-{number % 7}")
        with django_assert_num_queries(6):  # session, user, number, rows, unread, the kind's own
            as_ana.get(INBOX)

    def test_says_what_will_stand_there(self, as_ana):
        assert "Nothing yet" in as_ana.get(INBOX).content.decode()


class TestReading:
    def test_one(self, as_ana, ana, tell):
        tell(ana, "e1")
        tell(ana, "e2", about="page-2")
        first = Notification.objects.get(event="e1")
        answer = as_ana.post(READ, {"id": [first.pk], "page": "2"})
        assert answer.headers["Location"] == f"{INBOX}?page=2"
        assert unread() == ["e2"]

    def test_all_that_were_shown(self, as_ana, ana, tell):
        tell(ana, "e1")
        newest = as_ana.get(INBOX).context["newest"]
        tell(ana, "e2")
        as_ana.post(READ, {"up_to": newest})
        assert unread() == ["e2"]

    def test_by_the_script_on_its_way_out(self, as_ana, ana, tell):
        tell(ana)
        answer = as_ana.post(READ, {"id": [Notification.objects.get().pk], "quiet": "1"})
        assert (answer.status_code, unread()) == (204, [])

    def test_never_of_somebody_else(self, as_ana, bo, tell):
        tell(bo)
        foreign = Notification.objects.get().pk
        as_ana.post(READ, {"id": [foreign], "up_to": foreign})
        assert unread() == ["e1"]

    @pytest.mark.parametrize(
        "data", [{}, {"id": ["x", "-1", "9" * 40]}, {"up_to": "x"}, {"page": "<b>"}, {"id": ["\0"]}]
    )
    def test_nonsense_changes_nothing(self, as_ana, ana, tell, data):
        tell(ana)
        assert as_ana.post(READ, data).status_code == 302
        assert unread() == ["e1"]

    def test_needs_a_post_and_a_log_in(self, client, as_ana, ana, tell):
        tell(ana)
        assert as_ana.get(READ).status_code == 405
        client.logout()
        assert client.post(READ, {"up_to": 1}).status_code == 302
        assert unread() == ["e1"]


class TestChoices:
    def test_are_kept(self, as_ana, ana):
        form = as_ana.get(CHOICES).context["form"]
        assert (form[f"mail-{NEWS}"].initial, form[f"mail-{ALERT}"].initial) == ("at_once", "daily")
        data = {f"told-mail-{code}": "weekly" for code in form_kinds(form)} | {f"told-site-{NEWS}": "on"}
        assert as_ana.post(CHOICES, data).status_code == 302
        kept = {row.kind: (row.frequency, row.on_site) for row in Preference.objects.filter(user=ana)}
        assert (kept[NEWS], kept[ALERT]) == (("weekly", True), ("weekly", False))

    def test_a_tampered_form_changes_nothing(self, as_ana):
        answer = as_ana.post(CHOICES, {f"told-mail-{NEWS}": "hourly"})
        assert answer.status_code == 200
        assert "error-summary" in answer.content.decode()
        assert not Preference.objects.exists()

    def test_says_where_mails_go_or_why_none_does(self, as_ana, ana):
        assert "ana@example.org" in as_ana.get(CHOICES).content.decode()
        ana.emailaddress_set.update(verified=False)
        assert "not confirmed" in as_ana.get(CHOICES).content.decode()


def form_kinds(form) -> list[str]:
    return [kind.code for kind in form.kinds]


class TestCount:
    def test_stands_beside_the_name_and_on_the_desk(self, as_ana, ana, tell):
        assert "notifications" not in as_ana.get("/en/me/fragment/").content.decode()
        tell(ana)
        for path in ("/en/me/fragment/", "/en/me/"):
            page = as_ana.get(path).content.decode()
            assert "1 unread notification" in page
            assert f'href="{INBOX}"' in page

    def test_of_very_many_is_not_counted_on(self, as_ana, ana, tell):
        for number in range(COUNTED + 3):
            tell(ana, f"e{number}")
        assert "99+" in as_ana.get("/en/me/fragment/").content.decode()
