"""The fields of each document type, from its content files. One function a type, all of the same shape.

Each takes (page, record, text, language code, find_page, loaded) and returns attribute -> value.
"""

from datetime import datetime, time

from wagtail.models import Locale

from cms.demo.entries import Loaded
from cms.demo.prose import PageFinder, rich_text
from cms.demo.reading import parse_date, parse_day
from cms.taxonomy.models import Organisation, Person, Territory
from initiatives.models import (
    Analysis,
    AnalysisProposal,
    CallChoice,
    CallForInterest,
    CaseStudy,
    Contribution,
    DeepenedFile,
    Document,
    Event,
    EventCountry,
    EventTheme,
    FollowUp,
    InitiativeFile,
    JourneyCountry,
    LearningJourney,
    NationalCase,
    NewsletterIssue,
    Presentation,
    Session,
    Slide,
    VisitedInitiative,
)
from initiatives.rules import GRID_QUESTIONS

TYPE_MODELS: dict[str, type[Document]] = {
    "initiative_file": InitiativeFile,
    "case_study": CaseStudy,
    "analysis": Analysis,
    "learning_journey": LearningJourney,
    "event": Event,
    "newsletter": NewsletterIssue,
    "presentation": Presentation,
    "call_for_interest": CallForInterest,
}


def prose(text: dict, names, find: PageFinder) -> dict:
    return {name: rich_text(text.get(name), find) for name in names}


def plain(value) -> str:
    return str(value or "").strip()


def grid(text: dict, find: PageFinder) -> dict:
    answers = text.get("grid") or {}
    return {f"grid_{key}": rich_text(answers.get(key), find) for key in GRID_QUESTIONS}


def paired(record: dict, text: dict, name: str):
    """(order, facts, words) of a list that stands in both files."""
    for order, (facts, words) in enumerate(zip(record.get(name) or [], text.get(name) or [], strict=True)):
        yield order, facts or {}, words


def countries(model, record: dict, loaded: Loaded, code: str) -> list:
    ids = [loaded.find(Territory, key, code) for key in record.get("countries") or []]
    return [model(territory_id=pk, sort_order=order) for order, pk in enumerate(ids) if pk]


def initiative_file(page, record, text, code, find, loaded) -> dict:
    return {
        "carried_by": plain(text.get("carried_by")),
        "place": plain(text.get("place")),
        "since": record.get("since"),
        "state": record.get("state", "unknown"),
        "website": record.get("website") or "",
        "latitude": record.get("latitude"),
        "longitude": record.get("longitude"),
        **prose(text, ("context", "what_is_done", "results", "difficulties", "lessons"), find),
    }


def case_study(page, record, text, code, find, loaded) -> dict:
    ids = [find(key) for key in record.get("deepens") or []]
    return {
        **grid(text, find),
        "deepened_files": [
            DeepenedFile(initiative_file_id=pk, sort_order=order) for order, pk in enumerate(ids) if pk
        ],
    }


def analysis(page, record, text, code, find, loaded) -> dict:
    stream = AnalysisProposal._meta.get_field("drawn_from").stream_block
    return {
        "proposals": [
            AnalysisProposal(
                locale=page.locale,
                sort_order=order,
                scale=facts["scale"],
                text=rich_text(words, find),
                drawn_from=stream.to_python(
                    [
                        {"type": "document", "value": find(key)}
                        for key in facts.get("drawn_from") or []
                        if find(key)
                    ]
                ),
            )
            for order, facts, words in paired(record, text, "proposals")
        ]
    }


def learning_journey(page, record, text, code, find, loaded) -> dict:
    follow_ups = []
    for order, facts, words in paired(record, text, "follow_ups"):
        day, precision = parse_date(facts.get("date"))
        follow_ups.append(
            FollowUp(
                locale=page.locale,
                sort_order=order,
                date=day,
                date_precision=precision,
                text=rich_text(words, find),
            )
        )
    return {
        "host_territory_id": loaded.find(Territory, record.get("host_territory"), code),
        "host_organisation_id": loaded.find(Organisation, record.get("host_organisation"), code),
        "starts": parse_day(record.get("starts")),
        "ends": parse_day(record.get("ends")),
        "participants": record.get("participants"),
        "countries": countries(JourneyCountry, record, loaded, code),
        "visited": [
            VisitedInitiative(
                locale=page.locale,
                sort_order=order,
                name=plain(words),
                document_id=find(facts.get("document")),
            )
            for order, facts, words in paired(record, text, "visited")
        ],
        "follow_ups": follow_ups,
        **prose(text, ("illustrate", "debate", "propose"), find),
        **grid(text, find),
    }


def event(page, record, text, code, find, loaded) -> dict:
    locale: Locale = page.locale
    return {
        "starts": parse_day(record.get("starts")),
        "ends": parse_day(record.get("ends")),
        "registration_deadline": parse_day(record.get("registration_deadline")),
        "venue": plain(text.get("venue")),
        "venue_territory_id": loaded.find(Territory, record.get("venue_territory"), code),
        "parent_event_id": find(record.get("parent_event")),
        "registered": record.get("registered"),
        "present": record.get("present"),
        "conclusions": rich_text(text.get("conclusions"), find),
        "countries": countries(EventCountry, record, loaded, code),
        "sessions": [
            Session(
                locale=locale,
                sort_order=order,
                date=parse_day(facts.get("date")),
                title=words["title"],
                text=rich_text(words.get("text"), find),
            )
            for order, facts, words in paired(record, text, "sessions")
        ],
        "event_themes": [
            EventTheme(
                locale=locale,
                sort_order=order,
                title=words["title"],
                text=rich_text(words.get("text"), find),
                paper_title=plain(words.get("paper_title")),
                paper_id=find(facts.get("paper")),
            )
            for order, facts, words in paired(record, text, "event_themes")
        ],
        "national_cases": [
            NationalCase(
                locale=locale,
                sort_order=order,
                title=plain(words),
                territory_id=loaded.find(Territory, facts.get("territory"), code),
                document_id=find(facts.get("document")),
            )
            for order, facts, words in paired(record, text, "national_cases")
        ],
        "contributions": [
            Contribution(
                locale=locale,
                sort_order=order,
                title=plain(words),
                person_id=loaded.find(Person, facts.get("person"), code),
                document_id=find(facts.get("document")),
            )
            for order, facts, words in paired(record, text, "contributions")
        ],
    }


def newsletter(page, record, text, code, find, loaded) -> dict:
    return {"number": record.get("number"), "languages": record.get("languages") or []}


def presentation(page, record, text, code, find, loaded) -> dict:
    return {
        "given_at_id": find(record.get("event")),
        "transcript": rich_text(text.get("transcript"), find),
        "slides": [
            Slide(
                locale=page.locale,
                sort_order=order,
                heading=slide["heading"],
                points="\n".join(str(point) for point in slide.get("points") or []),
            )
            for order, slide in enumerate(text.get("slides") or [])
        ],
    }


def call_for_interest(page, record, text, code, find, loaded) -> dict:
    deadline = record.get("deadline")
    moment = (
        deadline if isinstance(deadline, datetime) or not deadline else datetime.fromisoformat(str(deadline))
    )
    choices = [("interest", label) for label in text.get("areas_of_interest") or []]
    choices += [("collaboration", label) for label in text.get("ways_to_collaborate") or []]
    return {
        "issuer_id": loaded.find(Organisation, record.get("issuer"), code),
        "deadline_date": moment.date() if moment else None,
        "deadline_time": moment.time() if moment else time(23, 59),
        "time_zone": record.get("time_zone", "Europe/Luxembourg"),
        "working_languages": record.get("working_languages") or [],
        "fictional": bool(record.get("fictional")),
        "choices": [
            CallChoice(locale=page.locale, sort_order=order, question=question, label=plain(label))
            for order, (question, label) in enumerate(choices)
        ],
        **prose(text, ("background", "remit", "expected_output"), find),
    }


TYPE_FIELDS = {
    "initiative_file": initiative_file,
    "case_study": case_study,
    "analysis": analysis,
    "learning_journey": learning_journey,
    "event": event,
    "newsletter": newsletter,
    "presentation": presentation,
    "call_for_interest": call_for_interest,
}
