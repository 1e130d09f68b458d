"""What facilitators may decide, on plain values: over posts, over members, over the answers of those concerned."""

from dataclasses import dataclass
from datetime import datetime

from forum.rules import PostState, Refusal, ReviewKind, ReviewState, Standing, Trust, may_write


class Decision:
    APPROVE, EDIT, REFUSE, REMOVE = "approve", "edit", "refuse", "remove"
    SET_ASIDE, SANCTION = "set-aside", "sanction"
    NEED_A_REASON = (REFUSE, REMOVE, SANCTION)


_LEADS_TO = {
    Decision.APPROVE: ReviewState.APPROVED,
    Decision.EDIT: ReviewState.APPROVED,
    Decision.REFUSE: ReviewState.REFUSED,
    Decision.REMOVE: ReviewState.REMOVED,
    Decision.SET_ASIDE: ReviewState.SET_ASIDE,
    Decision.SANCTION: ReviewState.SANCTIONED,
}


def led_to(decision: str, state: str) -> str:
    """What becomes of the item. `state`: of the post or translation it is about, before the decision."""
    if decision == Decision.EDIT and state == PostState.PUBLISHED:
        return ReviewState.CHANGED
    if decision == Decision.APPROVE and state == PostState.DELETED:
        return ReviewState.RESTORED
    return _LEADS_TO.get(decision, "")


def may_have_led_to(decision: str, became: str) -> bool:
    """Whether an item that became so may have been decided like this."""
    states = (PostState.PUBLISHED, PostState.HELD, PostState.DELETED)
    return bool(became) and became in {led_to(decision, state) for state in states}


def decisions_for(
    kind: str, state: str, *, translation: bool = False, taken_back: bool = False
) -> tuple[str, ...]:
    """What can be decided, the usual first. `state`: of the post or translation it is about, "" for a member.

    `taken_back`: its author deleted the post, which is then theirs to bring back.
    """
    if kind == ReviewKind.REPORTED_MEMBER:
        return (Decision.SET_ASIDE, Decision.SANCTION)
    if state == PostState.PUBLISHED:
        return (Decision.SET_ASIDE, Decision.EDIT, Decision.REMOVE)
    if state == PostState.HELD:
        return (
            (Decision.APPROVE, Decision.REFUSE)
            if translation
            else (Decision.APPROVE, Decision.EDIT, Decision.REFUSE, Decision.REMOVE)
        )
    if taken_back:
        return (Decision.SET_ASIDE,)
    return (Decision.APPROVE, Decision.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits, as far as it says who decides. `category_id` None: for facilitators of all of the forum.

    `concerns`: whose post it is, or who was reported; `decided_before`: who decided before they answered.
    """

    category_id: int | None
    languages: tuple[str, ...]
    concerns: int | None
    decided_before: int | None = None


def looks_after(who: Standing, matter: Matter) -> bool:
    if matter.category_id is None:
        return who.facilitator
    return who.moderates(matter.category_id, *matter.languages)


def may_decide(who: Standing, matter: Matter, now: datetime, *, others_can: bool = True) -> str:
    """A `Refusal`, or "" for yes. Nobody decides on what is theirs, nor twice on the same where another can."""
    if refusal := may_write(who, now):
        return refusal
    if not looks_after(who, matter):
        return Refusal.NOT_YOURS
    if matter.concerns == who.user_id:
        return Refusal.YOUR_OWN
    if matter.decided_before == who.user_id and others_can:
        return Refusal.OTHER_EYES
    return ""


def may_answer(state: str, about: str, concerns: int | None, answered: bool, user_id: int) -> bool:
    """Whether whom a decision concerns can still say something to it: once, and while it is as it was decided.

    `about`: the state of the post or translation it is about, "" for a member.
    """
    left_so = (
        (PostState.PUBLISHED,)
        if state == ReviewState.CHANGED
        else (PostState.REJECTED, PostState.DELETED, "")
    )
    own = bool(user_id) and concerns == user_id
    return own and not answered and state in ReviewState.ANSWERABLE and about in left_so


def may_sanction(who: Standing, member: Standing, now: datetime) -> str:
    """Facilitators of all of the forum, over everybody who is none."""
    if refusal := may_write(who, now):
        return refusal
    if not who.facilitator or member.user_id == who.user_id:
        return Refusal.NOT_YOURS
    return Refusal.STAFF if member.facilitator else ""


SANCTION_DAYS = (1, 3, 7, 30, 365)
# How many reports in a day.
REPORTS_A_DAY = {Trust.NEW: 5, Trust.MEMBER: 20, Trust.TRUSTED: 40}


def may_report(who: Standing, author_id: int | None, now: datetime) -> str:
    """Members, also silenced ones: who may not speak may still need help."""
    if not who.known:
        return Refusal.LOG_IN
    if not who.takes_part(now):
        return Refusal.SUSPENDED
    return Refusal.YOUR_OWN if author_id == who.user_id else ""
