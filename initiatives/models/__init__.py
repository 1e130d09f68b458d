"""Documents. `document` is the concrete base; every type extends it and stays thin.

Import direction: types import `document` and `reading_grid`; nothing here imports a type but this index.
"""

from .analysis import Analysis, AnalysisProposal
from .call_for_interest import CallChoice, CallForInterest, CallReply
from .case_study import CaseStudy, DeepenedFile
from .collection import Collection, CollectionIndex
from .document import (
    Document,
    DocumentAttachment,
    DocumentContributor,
    DocumentOrganisation,
    DocumentReference,
    DocumentRelation,
    DocumentTerritory,
)
from .event import Contribution, Event, EventCountry, EventTheme, NationalCase, Session
from .initiative_file import InitiativeFile
from .learning_journey import FollowUp, JourneyCountry, LearningJourney, VisitedInitiative
from .library import LibraryPage
from .newsletter import NewsletterIssue
from .presentation import Presentation, Slide
from .reference_code import ReferenceCode, ReferenceSeries

# The order in which the site shows the types.
DOCUMENT_TYPES: tuple[type[Document], ...] = (
    InitiativeFile,
    CaseStudy,
    Analysis,
    LearningJourney,
    Event,
    NewsletterIssue,
    Presentation,
    CallForInterest,
)

__all__ = [
    "DOCUMENT_TYPES",
    "Analysis",
    "AnalysisProposal",
    "CallChoice",
    "CallForInterest",
    "CallReply",
    "CaseStudy",
    "Collection",
    "CollectionIndex",
    "Contribution",
    "DeepenedFile",
    "Document",
    "DocumentAttachment",
    "DocumentContributor",
    "DocumentOrganisation",
    "DocumentReference",
    "DocumentRelation",
    "DocumentTerritory",
    "Event",
    "EventCountry",
    "EventTheme",
    "FollowUp",
    "InitiativeFile",
    "JourneyCountry",
    "LearningJourney",
    "LibraryPage",
    "NationalCase",
    "NewsletterIssue",
    "Presentation",
    "ReferenceCode",
    "ReferenceSeries",
    "Session",
    "Slide",
    "VisitedInitiative",
]
