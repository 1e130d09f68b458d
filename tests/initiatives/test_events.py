"""Events coming and past, newsletter issues, and when they change by themselves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from initiatives.catalogue import Version, Work
from initiatives.events import split_events
from initiatives.models import Event, NewsletterIssue
from initiatives.queries.events import next_event_passes
from tests.factories.documents import make_document

from .library_tools import soup


def event(name: str, starts: date | None = None, ends: date | None = None) -> Work:
    return Work(name, "ev", "en", {"en": Version(1, "en", name, "/")}, starts=starts, ends=ends)


def test_an_event_is_coming_up_to_its_last_day():
    today = date(2026, 11, 22)
    day = timedelta(days=1)
    works = [
        event("over", today - day, today - day),
        event("last day", today - 3 * day, today),
        event("one day, today", today),
        event("next month", today + 30 * day, today + 31 * day),
        event("tomorrow", today + day),
        event("no date"),
    ]
    coming, past = split_events(works, today)
    assert [work.key for work in coming] == ["last day", "one day, today", "tomorrow", "next month"]
    assert [work.key for work in past] == ["over", "no date"]


def sections(response) -> dict[str, list[str]]:
    return {
        section.h2.get_text(strip=True): [heading.get_text(strip=True) for heading in section.select("h3")]
        for section in soup(response).select("main section")
    }


@pytest.mark.django_db
def test_the_page_of_events(client, site):
    today = timezone.localdate()
    make_document(Event, title="Past", starts=date(2009, 4, 23), ends=date(2009, 4, 25))
    make_document(Event, title="Coming", starts=today + timedelta(days=5), ends=today + timedelta(days=6))
    make_document(title="No event")
    response = client.get("/en/events/")
    assert sections(response) == {"Coming": ["Coming"], "Past": ["Past"]}
    assert "23–25 April 2009" in response.content.decode()
    assert "public" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_pages_change_at_the_midnight_after_the_next_last_day(site):
    assert next_event_passes() is None
    today = timezone.localdate()
    make_document(Event, starts=date(2009, 4, 23))
    make_document(Event, starts=today - timedelta(days=1), ends=today)
    make_document(Event, starts=today + timedelta(days=9))
    tomorrow = today + timedelta(days=1)
    assert next_event_passes() == datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=UTC)


@pytest.mark.django_db
def test_past_events_are_paged_and_a_page_past_the_end_leads_to_the_last(client, site):
    for number in range(21):
        make_document(Event, title=f"Event {number}", starts=date(2009, 1, 1))
    assert len(sections(client.get("/en/events/"))["Past"]) == 20
    assert list(sections(client.get("/en/events/?page=2"))) == ["Past"]
    assert client.get("/en/events/?page=5")["Location"] == "/en/events/?page=2"
    assert client.get("/en/events/?page=-3").status_code == 200


@pytest.mark.django_db
def test_issues_of_the_newsletter(client, site):
    make_document(NewsletterIssue, title="Issue 60", date=date(2010, 6, 1))
    make_document(NewsletterIssue, title="Issue 61", date=date(2010, 9, 1))
    assert sections(client.get("/fr/newsletter/"))
    page = soup(client.get("/en/newsletter/"))
    assert [heading.get_text(strip=True) for heading in page.select("h3")] == ["Issue 61", "Issue 60"]
